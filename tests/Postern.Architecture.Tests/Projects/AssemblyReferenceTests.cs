using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Postern.Architecture.Tests.Projects;

public sealed class AssemblyReferenceTests
{
    [Fact]
    public void The_engine_is_built_without_io()
    {
        using var engine = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Postern.Engine.dll"));
        Assert.Equal([], AssemblyReferences.Forbidden(engine));
    }

    [Theory]
    [InlineData("System.Console.Out", "System.Console")]
    [InlineData("new System.Net.Sockets.TcpClient()", "System.Net.Sockets")]
    [InlineData("new System.Net.Http.HttpClient()", "System.Net.Http")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess()", "System.Diagnostics.Process")]
    [InlineData("System.Net.Dns.GetHostName()", "System.Net.NameResolution")]
    public void Catches_io_in_an_assembly(string expression, string refused) => Assert.Contains(refused, Planted(expression));

    [Theory]
    [InlineData("System.Net.IPAddress.Loopback")]
    [InlineData("new System.IO.MemoryStream()")]
    public void Values_are_no_io(string expression) => Assert.Equal([], Planted(expression));

    private static IEnumerable<string> Planted(string expression)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Planted",
            [CSharpSyntaxTree.ParseText($"public class X {{ public object Y() => {expression}; }}", cancellationToken: TestContext.Current.CancellationToken)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return AssemblyReferences.Forbidden(image);
    }
}
