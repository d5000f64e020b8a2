using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

public sealed class ReleaseTakesOnlyClearedTests
{
    private const string Release = "src/Postern.Transports/Http/ForwardRelease.cs";

    private static readonly ReleaseTakesOnlyCleared s_check = new();

    [Fact]
    public void A_release_sends_nothing_but_Cleared_and_Reply() => Guard.Holds(s_check, SourceTree.Product);

    [Theory]
    [InlineData("public Task ReleaseAsync(Message message, CancellationToken cancel) => Done;")]
    [InlineData("internal Task ReleaseAsync(byte[] body) => Done;")]
    [InlineData("public void Release(string body) { }")]
    [InlineData("public void Release(ReadOnlySpan<byte> body) { }")]
    [InlineData("public void Release(scoped ReadOnlySpan<byte> body) { }")]
    [InlineData("public void Release(in ReadOnlySequence<byte> body) { }")]
    [InlineData("public void Release(ReadOnlyMemory<byte>? body) { }")]
    [InlineData("public void Release(Cleared cleared, byte[] more) { }")]
    [InlineData("public void Release(Stream source) { }")]
    [InlineData("public void Release(HttpContext context) { }")]
    [InlineData("public void Release(object thing) { }")]
    [InlineData("public void Release<T>(T thing) { }")]
    [InlineData("public void Release(Func<byte[]> source) { }")]
    [InlineData("public void Release(UpstreamThing thing) { }")]
    [InlineData("protected void Release(Part part) { }")]
    [InlineData("void IRelease.Release(Message message) { }")]
    [InlineData("public static void Release(View view) { }")]
    [InlineData("public string Banner { get; set; }")]
    [InlineData("internal byte[] Banner { init { } }")]
    [InlineData("public byte[] Banner;")]
    [InlineData("public int this[string name] { set { } }")]
    [InlineData("public delegate void Send(Message message);")]
    [InlineData("public ForwardRelease(string body) { }")]
    [InlineData("internal ForwardRelease(Stream wire, ReadOnlyMemory<byte> first) { }")]
    [InlineData("internal sealed class Inner { public void Send(Message m) { } }")]
    [InlineData("internal sealed class Inner(Message m) { }")]
    public void Catches_a_way_to_hand_in_content(string member)
    {
        Guard.Catches(s_check, Release, $"internal sealed class ForwardRelease {{ {member} }}");
        Guard.Passes(s_check, "src/Postern.Transports/Http/Adapter.cs", $"internal sealed class Adapter {{ {member.Replace("ForwardRelease", "Adapter", StringComparison.Ordinal)} }}");
    }

    [Theory]
    [InlineData("internal sealed class ForwardRelease(Message first) { }")]
    [InlineData("internal interface ForwardRelease { void Send(Message message); }")]
    public void Catches_it_in_the_type_itself(string code) => Guard.Catches(s_check, Release, code);

    [Theory]
    [InlineData("public Task ReleaseAsync(Cleared cleared, CancellationToken cancel) => Done;")]
    [InlineData("public Task ReleaseAsync(Postern.Engine.Inspection.Cleared cleared) => Done;")]
    [InlineData("internal Task RefuseAsync(HttpContext context, Reply reply, CancellationToken cancel) => Done;")]
    [InlineData("public Task PumpAsync(Cleared tunnel, Stream client, IDuplexPipe upstream, CancellationToken cancel) => Done;")]
    [InlineData("public Task CloseAsync(CancellationToken cancel) => Done;")]
    [InlineData("public ForwardRelease(Stream wire, TimeProvider clock) { }")]
    [InlineData("private void Write(ReadOnlySpan<byte> bytes) { }")]
    [InlineData("void Write(byte[] bytes) { }")]
    [InlineData("public string Name { get; private set; }")]
    [InlineData("public const string Via = \"1.1 postern\";")]
    public void A_release_may_know_where_and_when(string member) =>
        Guard.Passes(s_check, Release, $"internal sealed class ForwardRelease {{ {member} }}");
}
