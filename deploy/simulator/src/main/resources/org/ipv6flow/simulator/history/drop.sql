DROP TABLE IF EXISTS {db}.synthetic_links SYNC;
DROP TABLE IF EXISTS {db}.synthetic_exporters SYNC;
DROP TABLE IF EXISTS {db}.synthetic_sides SYNC;
DROP TABLE IF EXISTS {db}.synthetic_prefixes SYNC;
DROP TABLE IF EXISTS {db}.synthetic_days SYNC
