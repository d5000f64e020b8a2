using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

public sealed class RawWriterTests
{
    private const string Adapter = "src/Postern.Transports/Http/Adapter.cs";
    private const string Release = "src/Postern.Transports/Http/ForwardRelease.cs";

    private static readonly RawWireTypes s_types = new();
    private static readonly RawWrites s_writes = new();

    // Places that write and are no release, each with the reason. Empty is best.
    private static readonly Allowance[] s_allowed =
    [
        new("src/Postern.Transports/Http/Tls/StreamDuplexPipe.cs", "", "Hands the decrypted side of a tunnel to Kestrel as its transport; writes nothing itself."),
        new("src/Postern.Transports/Http/InProcess/InProcessExchange.cs", "", "Shows the features of a server to a release, or to the application behind the checkpoint; writes nothing itself."),
    ];

    private static readonly Allowance s_handler = new("src/Postern.AspNetCore/PosternHandler.cs", "", "Hands the request to its own inner handler, which is the way into the checkpoint.");

    [Fact]
    public void Only_releases_name_a_raw_wire() => Guard.Holds(s_types, SourceTree.Product, s_allowed);

    [Fact]
    public void Only_releases_write_to_the_other_side() => Guard.Holds(s_writes, SourceTree.Product, s_handler);

    [Theory]
    [InlineData("var h = new SocketsHttpHandler();")]
    [InlineData("var h = new System.Net.Http.SocketsHttpHandler { UseProxy = false };")]
    [InlineData("using HttpMessageInvoker i = Make();")]
    [InlineData("var c = new HttpClient();")]
    [InlineData("var s = new ClientWebSocket();")]
    [InlineData("var c = new TcpClient(host, 80);")]
    [InlineData("process.StandardInput.Close();")]
    [InlineData("PipeWriter w = Make();")]
    [InlineData("var w = PipeWriter.Create(stream);")]
    [InlineData("var w = context.Response.BodyWriter;")]
    [InlineData("var f = features.Get<IHttpResponseBodyFeature>();")]
    [InlineData("await response.SendFileAsync(path);")]
    [InlineData("var o = Console.OpenStandardOutput();")]
    public void Catches_a_raw_wire(string statement)
    {
        Guard.Catches(s_types, Adapter, Method(statement));
        Guard.Passes(s_types, Release, Method(statement));
    }

    [Theory]
    [InlineData("await context.Response.Body.WriteAsync(bytes);")]
    [InlineData("var b = context.Response.Body;")]
    [InlineData("var b = context?.Response?.Body;")]
    [InlineData("await _response.WriteAsync(text);")]
    [InlineData("await context.Response.WriteAsJsonAsync(thing);")]
    [InlineData("await socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancel);")]
    [InlineData("await invoker!.SendAsync(request, cancel);")]
    [InlineData("await (socket?.SendAsync(bytes) ?? Done);")]
    [InlineData("Func<byte[], Task> send = socket.SendAsync;")]
    [InlineData("await connection.Transport.Output.WriteAsync(bytes);")]
    [InlineData("var output = duplex.Output; output.Advance(3);")]
    [InlineData("var output = duplex.Output; var m = output.GetMemory(10);")]
    [InlineData("var s = new NetworkStream(handle); s.Write(bytes);")]
    [InlineData("new NetworkStream(handle).WriteByte(1);")]
    [InlineData("SslStream s = Make(); await s.WriteAsync(bytes);")]
    [InlineData("if (thing is SslStream s) s?.Write(bytes);")]
    [InlineData("var s = thing as SslStream; s!.Write(bytes);")]
    [InlineData("((Socket)thing).Send(bytes);")]
    [InlineData("var s = await feature.UpgradeAsync(); await s.WriteAsync(bytes);")]
    [InlineData("Stream s = Make(); await source.CopyToAsync(s, cancel);")]
    [InlineData("Stream s = Make(); using var w = new StreamWriter(s);")]
    [InlineData("NetworkStream s = Make(); using var w = new Utf8JsonWriter(s);")]
    [InlineData("Console.Out.Write(text);")]
    [InlineData("Console.WriteLine(text);")]
    public void Catches_a_raw_write(string statement)
    {
        Guard.Catches(s_writes, Adapter, Method(statement));
        Guard.Passes(s_writes, Release, Method(statement));
    }

    [Theory]
    [InlineData("class X { private readonly Socket _s; void Y() => _s.Send(b); }")]
    [InlineData("class X { private readonly Socket _s; void Y() => this._s.Send(b); }")]
    [InlineData("class X { SslStream Peer { get; } void Y(X other) => other.Peer.Write(b); }")]
    [InlineData("class X(Stream wire) { void Y() => wire.Write(b); }")]
    [InlineData("class X { void Y(Stream wire) { void Z() => wire.WriteByte(1); } }")]
    [InlineData("class X { void Y() { Run((Stream s) => s.Write(b)); } }")]
    [InlineData("class X { void Y() { Get(out NetworkStream s); s.Write(b); } }")]
    public void Finds_the_wire_wherever_it_was_declared(string code)
    {
        Guard.Catches(s_writes, Adapter, code);
        Guard.Passes(s_writes, Release, code);
    }

    [Theory]
    [InlineData("src/Postern/Commands/X.cs")]
    [InlineData("src/Postern.Engine/Inspection/X.cs")]
    [InlineData("src/Postern.Sandbox/X.cs")]
    [InlineData("src/Postern/XRelease.cs")]
    public void A_release_stands_in_the_transports_only(string path)
    {
        Guard.Catches(s_types, path, Method("var h = new SocketsHttpHandler();"));
        Guard.Catches(s_writes, path, Method("await connection.Transport.Output.WriteAsync(bytes);"));
    }

    [Theory]
    [InlineData("var m = new MemoryStream(); m.Write(bytes);")]
    [InlineData("using var w = new Utf8JsonWriter(buffer); w.WriteStringValue(text);")]
    [InlineData("Stream s = Make(); var n = await s.ReadAsync(buffer);")]
    [InlineData("var socket = new Socket(family, kind, protocol); socket.Listen();")]
    [InlineData("var body = message.Body; var b = request.Body;")]
    [InlineData("Console.Error.WriteLine(text);")]
    [InlineData("await _release.ReleaseAsync(cleared, cancel);")]
    [InlineData("var n = await reader.ReadAsync(cancel); input.AdvanceTo(n);")]
    [InlineData("context.Response.StatusCode = 403; context.Response.Headers.Append(a, b);")]
    [InlineData("span.CopyTo(target); builder.Append(x).Advance(3);")]
    [InlineData("process.StartInfo.RedirectStandardInput = true;")]
    public void Reading_and_building_is_no_write(string statement)
    {
        Guard.Passes(s_types, Adapter, Method(statement));
        Guard.Passes(s_writes, Adapter, Method(statement));
    }

    [Fact]
    public void The_same_name_in_another_method_is_another_thing() => Guard.Passes(
        s_writes,
        Adapter,
        "class X { void A(Stream s) => s.ReadByte(); void B(MemoryStream s) => s.Write(b); }");

    [Fact]
    public void The_program_may_print() =>
        Guard.Passes(s_writes, "src/Postern/Commands/X.cs", Method("Console.Out.WriteLine(text); Stream s = Console.OpenStandardOutput(); s.Write(bytes);"));

    [Fact]
    public void Control_stands_outside() =>
        Guard.Passes(s_writes, "src/Postern.Transports/Control/X.cs", Method("await context.Response.WriteAsync(page);"));

    private static string Method(string statement) => $"class X {{ async Task Y() {{ {statement} }} }}";
}
