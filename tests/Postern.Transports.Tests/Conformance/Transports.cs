using System.Net;

namespace Postern.Transports.Tests.Conformance;

/// <summary>
/// Every transport of the suite. A new one is one row. That every exchange of the product has a row here is held by
/// EveryTransportConforms in the architecture tests, that a row's exchanges are really its own by the suite.
/// </summary>
public static class Transports
{
    private const Capability Shown = Capability.Http | Capability.Uploads | Capability.Streams | Capability.Reads | Capability.Lasts | Capability.Edits;

    private const Capability Proxied = Shown | Capability.Dials;

    private const Capability Roaming = Proxied | Capability.Roams;

    private static readonly Row[] s_all =
    [
        new("forward", Roaming, "forward") { Start = () => Over(ForwardHarness.StartAsync(), EventTalk.OpenAsync), Records = 3, RecordsBefore = 1 },
        new("intercept-h1", Roaming, "connect", "intercept") { Start = () => Over(Intercept(HttpVersion.Version11), EventTalk.OpenAsync), Records = 4, RecordsBefore = 2 },
        new("intercept-h2", Roaming, "connect", "intercept") { Start = () => Over(Intercept(HttpVersion.Version20), EventTalk.OpenAsync), Records = 4, RecordsBefore = 2 },
        new("reverse", Proxied, "reverse") { Start = () => Over(ReverseHarness.StartAsync(), EventTalk.OpenAsync), Records = 3, RecordsBefore = 1 },
        new("tunnel", Capability.Lasts, "connect") { Start = () => Over(InterceptHarness.StartAsync(HttpVersion.Version11, "opaque.test"), EventTalk.OpenAsync), Records = 2, RecordsBefore = 2 },
        new("socks", Roaming, "intercept", "socks") { Start = () => Over(InterceptHarness.OverSocksAsync(), EventTalk.OpenAsync), Records = 4, RecordsBefore = 2 },
        new("socks-tunnel", Capability.Lasts, "socks") { Start = () => Over(InterceptHarness.OverSocksAsync("opaque.test"), EventTalk.OpenAsync), Records = 2, RecordsBefore = 2 },
        new("transparent-tls", Proxied, "intercept", "transparent") { Start = () => Over(TransparentHarness.StartAsync("https"), EventTalk.OpenAsync), Records = 4, RecordsBefore = 2 },
        new("transparent-plain", Proxied, "intercept", "transparent") { Start = () => Over(TransparentHarness.StartAsync("http"), EventTalk.OpenAsync), Records = 4, RecordsBefore = 2 },
        new("websocket", Capability.Reads | Capability.Lasts | Capability.Edits, "forward") { Start = () => Over(ForwardHarness.StartAsync(), SocketTalk.Over("absolute")), Records = 4, RecordsBefore = 1 },
        new("websocket-deflate", Capability.Reads | Capability.Lasts | Capability.Edits, "connect", "intercept") { Start = () => Over(Intercept(HttpVersion.Version11), SocketTalk.Over("deflate")), Records = 5, RecordsBefore = 2 },
        new("ws", Capability.Reads | Capability.Lasts | Capability.Edits, "ws") { Start = () => Over(ForwardHarness.StartAsync(), SocketTalk.Over("ws")), Records = 4, RecordsBefore = 1 },
        new("icap", Shown | Capability.Roams, "icap") { Start = () => Over(IcapHarness.StartAsync(), EventTalk.OpenAsync), Records = 3, RecordsBefore = 1 },
        new("fetch", Capability.Dials | Capability.Http | Capability.Roams | Capability.Reads | Capability.Edits, "fetch") { Start = () => Over(FetchHarness.StartAsync(), FetchTalk.OpenAsync), Records = 3, RecordsBefore = 1 },
        new("mcp-stdio", Capability.Reads | Capability.Edits, "mcp-stdio") { Start = McpSpeaker.WrapAsync, Records = 2, RecordsBefore = 1 },
        new("mcp-bridge", Capability.Reads | Capability.Edits, "mcp-bridge") { Start = McpSpeaker.BridgeAsync, Records = 2, RecordsBefore = 1 },
        new("mcp-socket", Capability.Reads | Capability.Edits, "mcp-socket") { Start = McpSpeaker.SocketAsync, Records = 4, RecordsBefore = 1 },
        new("mcp-http", Capability.Reads | Capability.Lasts | Capability.Edits, "mcp-http") { Start = async () => await McpHttpSpeaker.StartAsync(), Records = 3, RecordsBefore = 1 },
        new("mcp-sdk", Capability.Reads | Capability.Edits, "mcp-sdk") { Start = McpSpeaker.FilterAsync, Records = 2, RecordsBefore = 1 },
        new("http-client", Roaming, "http-client") { Start = () => Over(LibraryHarness.OutAsync(), EventTalk.OpenAsync), Records = 3, RecordsBefore = 1 },
        new("application", Proxied, "application") { Start = () => Over(LibraryHarness.InAsync(), EventTalk.OpenAsync), Records = 3, RecordsBefore = 1 },
        new("hook", Capability.Reads, "hook") { Start = HookSpeaker.StartAsync, Records = 2, RecordsBefore = 2 },
        new("files", Capability.Reads, "files") { Start = FileSpeaker.StartAsync, Records = 2, RecordsBefore = 2 },
        new("dns", Capability.None, "dns") { Start = DnsSpeaker.StartAsync, Records = 1, RecordsBefore = 1 },
        new("scan", Capability.Reads, "scan") { Start = ScanSpeaker.StartAsync, Records = 1, RecordsBefore = 1 },
    ];

    /// <summary>All of them.</summary>
    public static TheoryData<string> All => With(Capability.None);

    /// <summary>Those that carry requests for any host.</summary>
    public static TheoryData<string> Roams => With(Capability.Roams);

    /// <summary>Those that carry requests and read the responses.</summary>
    public static TheoryData<string> Http => With(Capability.Http);

    /// <summary>Those of them that fetch the responses themselves.</summary>
    public static TheoryData<string> Dialing => With(Capability.Http | Capability.Dials);

    /// <summary>Those that carry requests of any method, with headers and bodies.</summary>
    public static TheoryData<string> Uploading => With(Capability.Uploads);

    /// <summary>Those that pass a response on while it arrives.</summary>
    public static TheoryData<string> Streaming => With(Capability.Streams);

    /// <summary>Those that look at what passes.</summary>
    public static TheoryData<string> Reading => With(Capability.Reads);

    /// <summary>Those whose conversations outlast one message.</summary>
    public static TheoryData<string> Lasting => With(Capability.Lasts);

    /// <summary>Those that can send on an edited message.</summary>
    public static TheoryData<string> Editing => With(Capability.Edits);

    /// <summary>Those by which agents act; who hands over a text to be judged is known by the token of the Scan API.</summary>
    public static TheoryData<string> Acting => [.. s_all.Where(static row => row.Name != "scan").Select(static row => row.Name)];

    /// <summary>Those of them that cost a budget; what is written into a file crosses nothing.</summary>
    public static TheoryData<string> Charged => [.. Acting.Select(static row => row.Data).Where(static name => name != "files")];

    /// <summary>Those of them on which something is asked for: what a host tells of is what has come already, and what is in a file was written.</summary>
    public static TheoryData<string> Asking => [.. Acting.Select(static row => row.Data).Where(static name => name is not ("hook" or "files"))];

    internal static Row Of(string name) => s_all.Single(row => row.Name == name);

    /// <summary>One of those that an <see cref="HttpClient"/> drives.</summary>
    internal static Task<IHarness> StartAsync(string name) => name switch
    {
        "forward" => ForwardHarness.StartAsync(),
        "intercept-h1" => Intercept(HttpVersion.Version11),
        "intercept-h2" => Intercept(HttpVersion.Version20),
        "socks" => InterceptHarness.OverSocksAsync(),
        "transparent-tls" => TransparentHarness.StartAsync("https"),
        "transparent-plain" => TransparentHarness.StartAsync("http"),
        "reverse" => ReverseHarness.StartAsync(),
        "icap" => IcapHarness.StartAsync(),
        "fetch" => FetchHarness.StartAsync(),
        "http-client" => LibraryHarness.OutAsync(),
        "application" => LibraryHarness.InAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    internal static bool Can(string name, Capability capability) => (Of(name).Can & capability) == capability;

    private static Task<IHarness> Intercept(Version version) => InterceptHarness.StartAsync(version);

    private static async Task<ISpeaker> Over(Task<IHarness> harness, Func<IHarness, Task<ITalk>> open) => new HttpSpeaker(await harness, open);

    private static TheoryData<string> With(Capability capability) => [.. s_all.Where(row => (row.Can & capability) == capability).Select(row => row.Name)];
}
