using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

public sealed class ClearedTests
{
    private static readonly ClearedFromInspectorOnly s_origin = new();
    private static readonly ClearedIsSealed s_shape = new();

    [Fact]
    public void Only_the_inspector_makes_a_Cleared() => Guard.Holds(s_origin, SourceTree.Product);

    [Fact]
    public void A_Cleared_cannot_be_forged() => Guard.Holds(s_shape, SourceTree.Product);

    [Theory]
    [InlineData("var c = new Cleared(message);")]
    [InlineData("var c = new Postern.Engine.Inspection.Cleared(message);")]
    [InlineData("var c = new global::Postern.Engine.Inspection.Cleared(message);")]
    [InlineData("Cleared c = new(message);")]
    [InlineData("Cleared? c = new(message);")]
    [InlineData("Cleared[] c = [new(message)];")]
    [InlineData("object c = System.Activator.CreateInstance(typeof(Cleared), true);")]
    [InlineData("var c = System.Activator.CreateInstance<Cleared>();")]
    [InlineData("var c = Unsafe.As<Cleared>(thing);")]
    [InlineData("var c = cleared with { };")]
    [InlineData("Cleared Make() => new(message);")]
    public void Catches_a_Cleared_made_in_a_method(string statement) =>
        Guard.Catches(s_origin, "src/Postern.Transports/Http/X.cs", $"class X {{ void Y() {{ {statement} }} }}");

    [Theory]
    [InlineData("class X { Cleared Made { get; } = new(null); }")]
    [InlineData("class X { Cleared Make(Message m) => new(m); }")]
    [InlineData("class X { ValueTask<Cleared> Make(Message m) { return new(new(m)); } }")]
    [InlineData("class X { private readonly Cleared _made = new(null); }")]
    [InlineData("class X : Cleared { }")]
    [InlineData("using Passed = Postern.Engine.Inspection.Cleared; class X { }")]
    public void Catches_a_Cleared_made_by_a_declaration(string code)
    {
        Guard.Catches(s_origin, "src/Postern.Transports/Http/X.cs", code);
        Guard.Catches(s_origin, "src/Postern.Engine/Inspection/Other.cs", code);
        Guard.Catches(s_origin, "src/Postern.Transports/Http/Inspector.cs", code);
    }

    [Fact]
    public void The_inspector_may() =>
        Guard.Passes(s_origin, "src/Postern.Engine/Inspection/Inspector.cs", "class Inspector { Cleared Pass(Message m) => new Cleared(m); }");

    [Theory]
    [InlineData("class X { void Send(Cleared c) { var taken = c.Take(); } }")]
    [InlineData("class X { bool Is(Ruling r) => r is Cleared; }")]
    [InlineData("class X { void Y(Cleared c) { List<int> l = new(3); var m = new ClearedCounter(); } }")]
    [InlineData("/// <summary>Not new Cleared(message).</summary>\nclass X { }")]
    public void Using_one_is_no_violation(string code) => Guard.Passes(s_origin, "src/Postern.Transports/Http/X.cs", code);

    [Theory]
    [InlineData("public class Cleared { internal Cleared() { } }")]
    [InlineData("public sealed record Cleared { internal Cleared() { } }")]
    [InlineData("public struct Cleared { internal Cleared(int x) { } }")]
    [InlineData("public readonly struct Cleared { public Cleared(int x) { } }")]
    [InlineData("public readonly record struct Cleared(int X);")]
    [InlineData("public sealed class Cleared(Message message) { }")]
    [InlineData("public sealed class Cleared { public Cleared(Message m) { } }")]
    [InlineData("public sealed class Cleared { }")]
    public void Catches_a_Cleared_that_can_be_forged(string code) => Guard.Catches(s_shape, "src/Postern.Engine/Inspection/Cleared.cs", code);

    [Theory]
    [InlineData("public sealed class Cleared { internal Cleared(Message m) { } }")]
    [InlineData("public readonly struct Cleared { internal Cleared(Message m) { } }")]
    public void A_closed_type_with_an_internal_constructor_is_right(string code) =>
        Guard.Passes(s_shape, "src/Postern.Engine/Inspection/Cleared.cs", code);
}
