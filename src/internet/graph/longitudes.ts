/** Degrees east of the capitals, by ISO 3166 alpha-2 code, to half a degree: where a country sits in a polar picture. */
const table = `
AD 1.5 AE 54.5 AF 69 AG -62 AI -63 AL 20 AM 44.5 AO 13 AQ 0 AR -58.5 AS -170.5 AT 16.5 AU 149 AW -70 AX 20 AZ 50
BA 18.5 BB -59.5 BD 90.5 BE 4.5 BF -1.5 BG 23.5 BH 50.5 BI 30 BJ 2.5 BL -63 BM -65 BN 115 BO -68 BQ -68 BR -48 BS -77.5
BT 89.5 BV 3.5 BW 26 BY 27.5 BZ -89 CA -75.5 CC 97 CD 15.5 CF 18.5 CG 15.5 CH 7.5 CI -5.5 CK -160 CL -70.5 CM 11.5
CN 116.5 CO -74 CR -84 CU -82.5 CV -23.5 CW -69 CX 105.5 CY 33.5 CZ 14.5 DE 13.5 DJ 43 DK 12.5 DM -61.5 DO -70 DZ 3
EC -78.5 EE 24.5 EG 31 EH -13 ER 39 ES -3.5 ET 38.5 FI 25 FJ 178.5 FK -58 FM 158 FO -7 FR 2.5 GA 9.5 GB 0 GD -61.5
GE 45 GF -52.5 GG -2.5 GH 0 GI -5.5 GL -51.5 GM -16.5 GN -13.5 GP -61.5 GQ 9 GR 23.5 GS -36.5 GT -90.5 GU 145 GW -15.5
GY -58 HK 114 HM 73.5 HN -87 HR 16 HT -72.5 HU 19 ID 107 IE -6.5 IL 35 IM -4.5 IN 77 IO 72.5 IQ 44.5 IR 51.5 IS -22
IT 12.5 JE -2 JM -77 JO 36 JP 139.5 KE 37 KG 74.5 KH 105 KI 173 KM 43.5 KN -62.5 KP 125.5 KR 127 KW 48 KY -81.5 KZ 71.5
LA 102.5 LB 35.5 LC -61 LI 9.5 LK 80 LR -11 LS 27.5 LT 25.5 LU 6 LV 24 LY 13 MA -7 MC 7.5 MD 29 ME 19.5 MF -63 MG 47.5
MH 171.5 MK 21.5 ML -8 MM 96 MN 107 MO 113.5 MP 146 MQ -61 MR -16 MS -62 MT 14.5 MU 57.5 MV 73.5 MW 34 MX -99 MY 101.5
MZ 32.5 NA 17 NC 166.5 NE 2 NF 168 NG 7.5 NI -86.5 NL 5 NO 10.5 NP 85.5 NR 167 NU -170 NZ 175 OM 58.5 PA -79.5 PE -77
PF -149.5 PG 147 PH 121 PK 73 PL 21 PM -56 PN -130 PR -66 PS 35 PT -9 PW 134.5 PY -57.5 QA 51.5 RE 55.5 RO 26 RS 20.5
RU 37.5 RW 30 SA 46.5 SB 160 SC 55.5 SD 32.5 SE 18 SG 104 SH -5.5 SI 14.5 SJ 15.5 SK 17 SL -13 SM 12.5 SN -17.5 SO 45.5
SR -55 SS 31.5 ST 6.5 SV -89 SX -63 SY 36.5 SZ 31 TC -71 TD 15 TF 70 TG 1 TH 100.5 TJ 69 TK -171.5 TL 125.5 TM 58.5
TN 10 TO -175 TR 33 TT -61.5 TV 179 TW 121.5 TZ 35.5 UA 30.5 UG 32.5 UM 166.5 US -77 UY -56 UZ 69.5 VA 12.5 VC -61
VE -67 VG -64.5 VI -65 VN 106 VU 168.5 WF -176 WS -172 XK 21 YE 44 YT 45 ZA 28 ZM 28.5 ZW 31`;

const longitudes: ReadonlyMap<string, number> = new Map(
  Array.from(table.matchAll(/([A-Z]{2}) (-?[\d.]+)/g), ([, code = '', degrees]) => [code, Number(degrees)] as const),
);

/** Undefined for what is no country. */
export const longitudeOf = (country: string): number | undefined => longitudes.get(country.toUpperCase());

export const countryCodes: readonly string[] = [...longitudes.keys()];
