using Postern.Architecture.Tests.Sources;
using Postern.AspNetCore;
using Postern.Engine.Detection;
using Postern.Mcp;

namespace Postern.Architecture.Tests.Api;

public sealed class PublicApiTests
{
    private const string Update = "POSTERN_UPDATE_API";

    /// <summary>What is published as a library, each by a type of it.</summary>
    public static TheoryData<Type> Published => [typeof(Rule), typeof(PosternHandler), typeof(PosternMcpServer)];

    [Theory]
    [MemberData(nameof(Published))]
    public void A_library_shows_what_was_agreed(Type published)
    {
        var committed = RepositoryRoot.Resolve($"src/{published.Assembly.GetName().Name}/PublicApi.txt");
        var actual = PublicApi.Of(published.Assembly).ToList();
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(committed, string.Join('\n', actual) + "\n");
        }

        var agreed = File.ReadAllLines(committed);
        var changes = actual.Except(agreed).Select(line => "+ " + line).Concat(agreed.Except(actual).Select(line => "- " + line)).ToList();
        Assert.True(changes.Count == 0, $"The public API changed. Meant? Run this test with {Update}=1 and commit the file.\n{string.Join('\n', changes)}");
        Assert.Equal(actual, agreed);
    }

    [Fact]
    public void Writes_every_kind_of_member() => Assert.Equal(
    [
        "Postern.Architecture.Tests.Api.ApiSample<T> = sealed class : System.IDisposable",
        "Postern.Architecture.Tests.Api.ApiSample<T>: .ctor(string name, int? limit = default)",
        "Postern.Architecture.Tests.Api.ApiSample<T>: System.Collections.Generic.List<T[]> Rows { get; }",
        "Postern.Architecture.Tests.Api.ApiSample<T>: TOther Cast<TOther>(T from)",
        "Postern.Architecture.Tests.Api.ApiSample<T>: bool TryGet(in T key, out System.ReadOnlySpan<byte> value)",
        "Postern.Architecture.Tests.Api.ApiSample<T>: const string Text = \"x\"",
        "Postern.Architecture.Tests.Api.ApiSample<T>: event System.EventHandler Changed",
        "Postern.Architecture.Tests.Api.ApiSample<T>: int Item[string key] { get; }",
        "Postern.Architecture.Tests.Api.ApiSample<T>: required int Size { get; init; }",
        "Postern.Architecture.Tests.Api.ApiSample<T>: static bool op_False(Postern.Architecture.Tests.Api.ApiSample<T> one)",
        "Postern.Architecture.Tests.Api.ApiSample<T>: static bool op_True(Postern.Architecture.Tests.Api.ApiSample<T> one)",
        "Postern.Architecture.Tests.Api.ApiSample<T>: static readonly long Start",
        "Postern.Architecture.Tests.Api.ApiSample<T>: void Dispose()",
    ],
    PublicApi.Of(typeof(ApiSample<>)));

    [Fact]
    public void Writes_the_values_of_an_enum() => Assert.Equal(
        ["Postern.Engine.Detection.Severity = enum : byte", "Postern.Engine.Detection.Severity: Critical = 3", "Postern.Engine.Detection.Severity: High = 2"],
        PublicApi.Of(typeof(Severity)).Take(3));
}
