import { formatDuration } from '#core';
import type { FollowEvent, FollowStatus } from '#internet';
import { counted, formatCount, formatSize } from './table.ts';

/** What happened, in a line; undefined for what is only of use to programs. */
export function liveText(event: FollowEvent): string | undefined {
  switch (event.kind) {
    case 'started':
      return event.routes === 0 ? undefined : `begins with ${counted(event.routes, 'route')}`;
    case 'router-up':
      return `${event.router} reports from ${event.address}${event.description === '' ? '' : `: ${event.description}`}`;
    case 'router-down': {
      const { router, reason, offset, messages, routes } = event;
      const where = offset === undefined ? '' : ` at byte ${offset}`;
      return `${router} is gone after ${counted(messages, 'message')}: ${reason}${where}; ${counted(routes, 'route')} kept for a while`;
    }
    case 'peer-up':
      return `${event.router}: neighbour AS${event.peer.asn} ${event.peer.address} is up`;
    case 'peer-down':
      return `${event.router}: neighbour AS${event.peer.asn} ${event.peer.address} is down: ${event.reason}; ${counted(event.routes, 'route')} gone`;
    case 'table-complete': {
      const { router, peer, family, routes } = event;
      return `${router}: AS${peer.asn} ${peer.address} (${peer.rib}) has told its IPv${family} table, ${counted(routes, 'route')} now`;
    }
    case 'refused':
      return `${event.router}: AS${event.peer.asn} ${event.peer.address}: ${event.reason}`;
    case 'feed-up':
      return `${event.feed} is heard${event.deafMs === 0 ? '' : ` again, after ${formatDuration(event.deafMs)} deaf`}`;
    case 'feed-down':
      return `${event.feed} is lost: ${event.reason}; again in ${formatDuration(event.retryMs)}`;
    case 'feed-note':
      return `${event.feed}: ${event.text}`;
    case 'expired':
      return `${event.router} did not come back: ${counted(event.routes, 'route')} gone`;
    case 'graph-failed':
      return `the graph was not written: ${event.error.message}`;
    case 'graph': {
      const { ases, links, prefixes, routes, bytes, durationMs } = event;
      const parts = [counted(ases, 'AS', 'ASes'), counted(links, 'link'), counted(prefixes, 'prefix', 'prefixes')];
      return `graph written: ${parts.join(', ')} from ${counted(routes, 'route')}, ${formatSize(bytes)} in ${formatDuration(durationMs)}`;
    }
    case 'statistics':
      return undefined;
  }
}

/** How it goes, in a line. */
export function statusText(status: FollowStatus, messagesPerS: number): string {
  const { routes, vantagePoints, routers, isRisLiveUp } = status;
  return [
    counted(routers, 'router'),
    ...(isRisLiveUp === undefined ? [] : [isRisLiveUp ? 'RIS Live' : 'RIS Live lost']),
    counted(vantagePoints, 'vantage point'),
    counted(routes, 'route'),
    `${formatCount(Math.round(messagesPerS))} messages/s`,
  ].join(', ');
}
