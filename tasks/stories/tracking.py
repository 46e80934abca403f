"""Pure. Query parameters that say where a reader came from and nothing about the article, each with its owner.

Compared with the lists of Firefox (query stripping), Brave, ClearURLs and miniflux (`urlcleaner`), and with what real
news feeds carry. A parameter that may choose an article (`id`, `p`, `ref`, `page`, `story`) never belongs here.
"""

PREFIXES = (
    "utm_",  # Google Analytics
    "mtm_",  # Matomo
    "matomo_",  # Matomo
    "pk_",  # Matomo, older
    "piwik_",  # Matomo, oldest
    "at_",  # Piano Analytics (BBC)
    "ns_",  # Comscore (BBC)
    "hsa_",  # HubSpot advertisements
    "__hs",  # HubSpot
    "guce_",  # Yahoo
    "stm_",  # Sailthru
)

NAMES = frozenset({
    "_ga", "_gl", "dclid", "gad_source", "gbraid", "gclid", "gclsrc", "wbraid",  # Google
    "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "fbclid", "mibextid",  # Facebook
    "igsh", "igshid",  # Instagram
    "__twitter_impression", "ref_src", "ref_url", "twclid",  # X, formerly Twitter
    "ttclid",  # TikTok
    "li_fat_id", "trk",  # LinkedIn
    "rdt_cid",  # Reddit
    "msclkid", "ocid",  # Microsoft, MSN
    "_openstat", "yclid", "ysclid",  # Yandex
    "guccounter", "ncid", "soc_src", "soc_trk", "tsrc",  # Yahoo, AOL
    "mc_cid", "mc_eid",  # Mailchimp
    "_hsenc", "_hsmi", "hsctatracking",  # HubSpot
    "mkt_tok",  # Marketo
    "ef_id", "s_cid", "s_kwcid",  # Adobe
    "vero_conv", "vero_id",  # Vero
    "oly_anon_id", "oly_enc_id",  # Omeda
    "wickedid",  # Wicked Reports
    "xtor",  # AT Internet
    "wt_mc", "wtmc", "wt.mc_id",  # Webtrekk, Webtrends
    "spm",  # Alibaba
    "cmp", "cmpid", "icid", "intcmp", "int_campaign",  # campaigns, many outlets (The Guardian: CMP)
    "emc", "partner", "smid", "smtyp",  # The New York Times
    "srnd",  # Bloomberg
    "maca",  # Deutsche Welle
    "traffic_source",  # Al Jazeera
    "ito",  # Daily Mail
    "dpmp", "mod",  # Dow Jones
    "ftcamp",  # Financial Times
    "amp", "outputtype",  # the accelerated page of the same article
})  # fmt: skip


def is_tracking(name: str) -> bool:
    """Say whether a query parameter says nothing about the article."""
    low = name.lower()
    return low in NAMES or low.startswith(PREFIXES)
