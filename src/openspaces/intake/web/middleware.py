"""stub"""
def same_site_only(get_response):
    return get_response
