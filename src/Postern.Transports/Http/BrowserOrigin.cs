using Microsoft.AspNetCore.Http;

namespace Postern.Transports.Http;

/// <summary>Tells by what browsers say of themselves whether somebody else's page is behind a request (Fetch Metadata; WHATWG Fetch, Origin).</summary>
internal static class BrowserOrigin
{
    /// <summary>True when another site's page made the request. Programs send neither header.</summary>
    public static bool IsForeign(IHeaderDictionary headers)
    {
        var site = headers["Sec-Fetch-Site"];
        if (site.Count > 0 && site.ToString() is not ("none" or "same-origin"))
        {
            return true;
        }

        var origin = headers.Origin;
        return origin.Count > 0 && !IsOwn(origin.ToString(), headers.Host.ToString());
    }

    private static bool IsOwn(string origin, string host) =>
        origin.Equals("http://" + host, StringComparison.OrdinalIgnoreCase) || origin.Equals("https://" + host, StringComparison.OrdinalIgnoreCase);
}
