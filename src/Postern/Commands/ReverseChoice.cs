using Postern.Engine.Configuration;

namespace Postern.Program.Commands;

/// <summary>The reverse proxy as the command line asks for it, over what the configuration says.</summary>
internal static class ReverseChoice
{
    private const string DefaultListen = "127.0.0.1:8890";

    /// <summary>The configuration with the choice in it.</summary>
    /// <exception cref="ConfigException">The options do not fit together.</exception>
    public static LoadedConfig Apply(LoadedConfig loaded, bool isWanted, string? upstream, string? listen)
    {
        if (!isWanted && upstream is null && listen is null)
        {
            return loaded;
        }

        var section = loaded.Config.ReverseProxy;
        if (!isWanted || upstream is null)
        {
            throw new ConfigException("--reverse-proxy and --reverse-upstream belong together, as in --reverse-proxy --reverse-upstream http://127.0.0.1:11434");
        }

        var address = listen ?? (section.Listen.Length > 0 ? section.Listen : DefaultListen);
        if (!ListenAddress.TryParse(address, out _))
        {
            throw new ConfigException($"--reverse-listen {Terminal.Plain(address)}: not an address and port, such as {DefaultListen}");
        }

        if (!Uri.TryCreate(upstream, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || (url.UserInfo + url.Query + url.Fragment).Length > 0)
        {
            throw new ConfigException("--reverse-upstream: an http or https URL without credentials, query and fragment is needed");
        }

        return ConfigFile.With(loaded, loaded.Config with { ReverseProxy = section with { Listen = address, Upstream = upstream } });
    }
}
