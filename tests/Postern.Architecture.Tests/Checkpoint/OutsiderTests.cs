using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

public sealed class OutsiderTests
{
    private static readonly OutsidersHoldNoMessage s_check = new();

    [Fact]
    public void Control_and_telemetry_hold_nothing_that_crosses() => Guard.Holds(s_check, SourceTree.Product);

    [Theory]
    [InlineData("class X { void Y(Message m) { } }")]
    [InlineData("class X { Postern.Engine.Flow.Part _p; }")]
    [InlineData("class X { List<Message> _all; }")]
    [InlineData("class X { object Y() => new Message(); }")]
    [InlineData("class X { int Y() => Message.Limit; }")]
    [InlineData("class X { bool Y(object o) => o is Cleared; }")]
    [InlineData("class X { void Y(in View view) { } }")]
    public void Catches_a_message_outside_the_checkpoint(string code)
    {
        Guard.Catches(s_check, "src/Postern.Transports/Control/X.cs", code);
        Guard.Catches(s_check, "src/Postern.Transports/Telemetry/Otlp/X.cs", code);
        Guard.Passes(s_check, "src/Postern.Transports/Http/X.cs", code);
    }

    [Fact]
    public void The_text_of_an_exception_is_no_message() =>
        Guard.Passes(s_check, "src/Postern.Transports/Control/X.cs", "class X { string Y(Exception e) => e.Message; }");
}
