/**
 * What changes on a phone: title and buttons share a line, facts and finder have one each, and what is said of a choice stands
 * below the map, not on it. For pages with `header > h1, p, #finder, div`, `main` and `#side`.
 */
export const narrowStyle = [
  '@media(max-width:700px){',
  'h1{flex:1 1 auto}header>div:last-child{order:1}header p{order:2;flex:1 1 100%}#finder{order:3;flex:1 1 100px}header select{order:4}',
  'main{flex-direction:column}#side{width:auto;max-width:none;flex:0 0 48%;border-width:1px 0 0}',
  'footer{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap}footer svg{flex:none;max-width:none}',
  '}',
].join('');
