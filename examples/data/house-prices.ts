/** house-prices.csv as a module, because models read no files. Written by test/examples/house-prices.test.ts. */
export const csv = `area,rooms,year,distance,garden,kind,heating,price
141,5,1953,9,349,detached,district,279800
58,3,1968,1.1,0,flat,district,134000
159,5,1953,4.4,125,detached,heat pump,318200
71,3,2014,5.9,,flat,heat pump,142700
107,4,1987,4.1,166,terraced,district,245400
147,6,2003,8.9,298,detached,gas,338100
159,6,1989,1.8,127,detached,heat pump,426500
125,5,2019,0.8,97,detached,gas,343200
85,2,,2.1,218,terraced,gas,178300
48,2,1982,2.7,,flat,district,108800
131,5,1996,1.9,361,detached,gas,346500
85,2,1943,1.9,142,terraced,gas,167700
89,4,1925,5.7,,terraced,district,143100
111,4,2019,8.5,339,detached,district,253400
104,4,2021,5.7,,terraced,district,231100
103,5,2014,9.4,192,terraced,gas,178800
149,4,2013,12.5,165,detached,district,216600
111,4,2008,11.1,362,detached,gas,219300
130,4,1927,2,112,terraced,district,228700
81,3,1959,10.5,0,flat,heat pump,102000
121,4,1920,7.8,90,detached,district,154100
70,4,1922,9.4,0,flat,heat pump,75000
109,4,2013,12,129,terraced,district,151000
123,5,1983,4.6,212,terraced,gas,253300
131,5,1925,0.4,181,detached,gas,270000
72,4,2019,5,0,flat,gas,122000
94,3,1986,9.4,0,flat,heat pump,130400
119,4,1988,0.9,399,detached,district,369400
81,1,1947,6.6,43,terraced,gas,126000
140,6,1999,12.8,213,detached,heat pump,233900
76,4,2006,1.7,90,terraced,gas,198100
82,2,1958,7,134,terraced,district,121300
143,4,1967,2.3,156,detached,district,337200
112,4,1964,4.6,211,terraced,district,222600
73,4,1988,12.4,0,flat,heat pump,96300
81,2,1995,1.6,0,flat,district,157400
63,1,1972,9.3,,flat,district,89300
101,4,2009,7.7,40,terraced,gas,178500
98,3,1995,3.4,0,flat,district,187500
129,4,2007,6.8,,detached,heat pump,327800
64,1,1986,5.4,0,flat,heat pump,123000
123,4,2020,11.8,223,detached,district,218600
51,2,1936,9,0,flat,heat pump,83000
132,4,2021,14.2,85,detached,gas,180600
69,3,1955,0.6,0,flat,gas,149400
58,2,1971,11.2,0,flat,gas,69600
107,4,2012,1.8,,detached,gas,299200
151,5,1986,0.4,,detached,heat pump,424100
93,4,1943,12.6,0,flat,district,97000
102,3,2013,1.5,141,terraced,gas,227800
92,4,2003,1.4,0,flat,district,216500
102,3,,0.6,,terraced,district,232400
95,4,2007,0.5,185,terraced,gas,189500
82,2,1941,3,77,terraced,gas,130400
129,5,1964,0.6,212,terraced,district,363000
83,3,1983,11.4,143,terraced,heat pump,132800
121,5,1967,1.5,350,detached,district,258700
98,4,2004,1.2,,flat,district,202200
153,6,,0.3,88,detached,district,380600
104,4,1999,4.3,0,flat,district,182600
139,4,2000,11.6,,detached,district,231300
46,1,1993,0.6,0,flat,district,123000
117,4,1943,7.8,297,detached,gas,192200
148,7,1987,0.3,337,detached,district,488300
141,5,1997,3.5,82,detached,district,318000
113,4,1928,11.4,,terraced,heat pump,116700
120,3,1958,0.5,138,detached,gas,247000
131,4,1920,4.2,111,terraced,district,190800
153,5,1944,2.2,389,detached,gas,339900
86,3,,0.3,,flat,district,173700
131,4,1969,4.1,399,detached,gas,273000
95,4,1952,3,0,flat,district,160200
96,4,2002,0.5,0,flat,gas,193400
87,2,1970,13.3,95,terraced,heat pump,112900
128,5,2007,1.7,248,detached,district,357300
127,3,1999,7.6,204,terraced,gas,218500
74,3,,6.1,0,flat,district,121900
99,4,1977,1.4,78,terraced,district,222500
61,2,2016,7.7,0,flat,gas,115500
109,4,2019,10.6,213,terraced,district,158200
130,5,1991,13.3,116,terraced,district,185900
78,3,1990,6.3,74,terraced,heat pump,142600
121,4,1986,12.2,76,terraced,district,148200
56,4,1930,2.7,0,flat,heat pump,123600
123,5,1937,10.2,187,detached,heat pump,222100
128,4,,1.7,92,terraced,gas,270500
90,3,1930,3.1,111,terraced,district,136300
57,3,1969,9.8,0,flat,gas,83400
85,3,1941,9.7,131,terraced,gas,114100
130,6,1942,0.3,257,detached,district,325100
135,5,2018,0.5,180,detached,gas,399200
102,5,2012,8.1,98,terraced,district,183100
57,2,1964,8.2,0,flat,heat pump,95100
57,2,1922,8.5,0,flat,gas,74400
85,4,1988,4.9,,terraced,gas,168000
121,5,2002,3.4,,detached,heat pump,297000
117,5,1970,5.2,,detached,gas,270000
131,4,1984,9.4,225,detached,district,269200
157,6,1991,7.1,378,detached,district,406800
54,1,1924,4.7,,flat,heat pump,84900
89,2,1979,9.4,0,flat,district,109100
133,6,1969,0.7,50,terraced,heat pump,306400
106,4,2012,12.1,193,terraced,gas,145600
113,3,1986,2.7,133,terraced,gas,201200
103,5,2009,6.1,,flat,district,174300
125,4,1998,5.7,79,terraced,district,238000
86,3,1930,1.6,194,terraced,district,165000
126,4,2015,7.5,,detached,heat pump,292900
100,3,,9.4,163,terraced,heat pump,166400
55,2,1978,11.7,0,flat,gas,74900
105,4,1978,1.6,47,terraced,gas,212400
158,6,1927,12.6,191,detached,heat pump,219100
149,6,2010,5.5,334,detached,district,386900
109,4,1914,3.3,105,detached,district,199000
93,4,1968,0.7,0,flat,heat pump,163900
129,5,1971,7.9,110,detached,gas,213100
155,7,1969,13.3,369,detached,gas,267000
77,3,1923,9.2,116,terraced,gas,97100
119,6,2017,14,217,terraced,heat pump,165100
134,5,2001,5.8,136,terraced,heat pump,251100
`;
