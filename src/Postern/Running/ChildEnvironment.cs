using System.Net;

namespace Postern.Program.Running;

/// <summary>The variables that make a program use the firewall and trust its certificates.</summary>
internal static class ChildEnvironment
{
    /// <summary>Names by which common runtimes and tools take a bundle of trusted certificates.</summary>
    private static readonly string[] s_bundleVariables =
    [
        "SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO", "PIP_CERT",
        "AWS_CA_BUNDLE", "CARGO_HTTP_CAINFO", "DENO_CERT", "NPM_CONFIG_CAFILE", "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
    ];

    /// <summary>A switch of our own runtime that is no business of the command's.</summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly string[] s_proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

    /// <summary>Hosts that are the sandbox itself when it has a loopback of its own: servers that the command starts and speaks to.</summary>
    public const string OwnLoopback = "localhost,127.0.0.1,::1";

    /// <summary>Everything to set; an empty value means the variable is to be removed.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(IPEndPoint address, string? bundle) => Of(new Uri("http://" + address), bundle);

    /// <summary>The same for a firewall that has a name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Uri address, string? bundle)
    {
        var proxy = address.GetLeftPart(UriPartial.Authority);
        foreach (var name in s_proxyVariables)
        {
            yield return new(name, proxy);
        }

        // Exceptions from an outer environment would lead around the firewall.
        yield return new("NO_PROXY", string.Empty);
        yield return new(InlineCompletions, string.Empty);
        yield return new("no_proxy", string.Empty);
        yield return new("NODE_USE_ENV_PROXY", "1");
        if (bundle is null)
        {
            yield break;
        }

        foreach (var name in s_bundleVariables)
        {
            yield return new(name, bundle);
        }
    }
}
