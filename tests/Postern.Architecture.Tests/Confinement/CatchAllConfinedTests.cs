using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Confinement;

public sealed class CatchAllConfinedTests
{
    private static readonly CatchAllConfined s_check = new();

    // The inspector, and the outermost loop of each adapter (style, rule 14). Name the member.
    private static readonly Allowance[] s_allowed =
    [
        new("src/Postern.Engine/Inspection/Inspector.cs", "", "A detector that throws becomes a finding, and a finding refuses."),
        new("src/Postern.Transports/Evidence/GroupCommit.cs", "", "Whatever keeps a record from the disk ends recording for good: nothing passes after it."),
        new("src/Postern/Hosts/HookRun.cs", "Run", "A host takes a hook that broke for one that has nothing to say; whatever breaks is a refusal in the host's words."),
        new("src/Postern.Transports/Http/Serving.cs", "RunAsync", "The outermost loop of every listener: lost evidence or a bug ends in a 503 or a reset, never in a half answer."),
        new("src/Postern.Transports/Http/InProcess/InProcessExchange.cs", "RunAsync", "The outermost loop of an exchange without a wire: whatever an application throws breaks the response off, as a connection that is reset."),
        new("src/Postern.Transports/Http/InProcess/InProcessRelease.cs", "PumpAsync", "A content is somebody else's code: whatever it throws, half a request gets no response."),
    ];

    [Fact]
    public void Exceptions_are_caught_by_name() => Guard.Holds(s_check, SourceTree.Product, s_allowed);

    [Theory]
    [InlineData("catch { }")]
    [InlineData("catch (Exception) { }")]
    [InlineData("catch (Exception e) { }")]
    [InlineData("catch (System.Exception e) { }")]
    [InlineData("catch (global::System.Exception e) { }")]
    [InlineData("catch (SystemException e) { }")]
    [InlineData("catch (Exception e) when (true) { }")]
    public void Catches_a_catch_all(string clause) =>
        Guard.Catches(s_check, "src/Postern.Engine/X.cs", $"class X {{ void Y() {{ try {{ }} {clause} }} }}");

    [Theory]
    [InlineData("catch (IOException) { }")]
    [InlineData("catch (Exception e) when (e is IOException or SocketException) { }")]
    [InlineData("catch (EvidenceLostException e) { }")]
    [InlineData("catch { Clean(); throw; }")]
    [InlineData("catch (Exception e) { Note(e); throw; }")]
    [InlineData("finally { }")]
    public void A_named_one_passes(string clause) =>
        Guard.Passes(s_check, "src/Postern.Engine/X.cs", $"class X {{ void Y() {{ try {{ }} {clause} }} }}");
}
