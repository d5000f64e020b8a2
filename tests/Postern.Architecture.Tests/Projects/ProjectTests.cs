using System.Text.RegularExpressions;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Projects;

public sealed partial class ProjectTests
{
    public static TheoryData<string> SourceProjects => [.. Directory.EnumerateFiles(RepositoryRoot.Resolve("src"), "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/')).Order()];

    [Fact]
    public void Every_source_project_is_known() =>
        Assert.Subset(Permission.ByProject.Keys.ToHashSet(), SourceProjects.Select(row => Path.GetFileNameWithoutExtension(row.Data)).ToHashSet());

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(RepositoryRoot.Resolve("Postern.slnx"));
        string[] tops = ["src", "tests", "bench", "fuzz"];
        var projects = tops.Select(RepositoryRoot.Resolve).Where(Directory.Exists)
            .SelectMany(top => Directory.EnumerateFiles(top, "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/')).ToList();
        Assert.Contains("tests/Postern.Architecture.Tests/Postern.Architecture.Tests.csproj", projects);
        Assert.Equal([], projects.Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_project_depends_on_what_it_may(string path) =>
        Assert.Equal([], Permission.ByProject[Path.GetFileNameWithoutExtension(path)].Exceeded(new(File.ReadAllText(RepositoryRoot.Resolve(path)))));

    [Fact]
    public void What_all_projects_share_is_not_there_at_run_time() =>
        Assert.Equal([], new Permission([], [], []).Exceeded(new(File.ReadAllText(RepositoryRoot.Resolve("Directory.Build.props")))));

    [Fact]
    public void No_source_file_makes_friends_of_its_own() =>
        Assert.Equal([], SourceTree.Product.Where(file => Friendship().IsMatch(file.Root.ToString())).Select(file => file.Path));

    [Theory]
    [InlineData("<ProjectReference Include=\"../Postern.Transports/Postern.Transports.csproj\" />", "project Postern.Transports")]
    [InlineData("<ProjectReference Include=\"..\\Postern.Sandbox\\Postern.Sandbox.csproj\" />", "project Postern.Sandbox")]
    [InlineData("<PackageReference Include=\"Newtonsoft.Json\" />", "package Newtonsoft.Json")]
    [InlineData("<PackageReference Include=\"Polly\"><PrivateAssets>none</PrivateAssets></PackageReference>", "package Polly")]
    [InlineData("<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", "framework Microsoft.AspNetCore.App")]
    [InlineData("<Reference Include=\"lib/Other.dll\" />", "assembly lib/Other.dll")]
    [InlineData("<InternalsVisibleTo Include=\"Postern.Transports\" />", "friend Postern.Transports")]
    [InlineData("<InternalsVisibleTo Include=\"postern\" />", "friend postern")]
    public void Catches_a_dependency_of_the_engine(string item, string refused) =>
        Assert.Equal([refused], Permission.ByProject["Postern.Engine"].Exceeded(new($"<Project><ItemGroup>{item}</ItemGroup></Project>")));

    [Theory]
    [InlineData("<PackageReference Include=\"YamlDotNet\" />")]
    [InlineData("<PackageReference Include=\"Some.Analyzer\" PrivateAssets=\"all\" />")]
    [InlineData("<PackageReference Include=\"Some.Analyzer\"><PrivateAssets>All</PrivateAssets></PackageReference>")]
    [InlineData("<InternalsVisibleTo Include=\"Postern.Engine.Tests\" />")]
    [InlineData("<ProjectReference Include=\"../../tools/Tool/Tool.csproj\" ReferenceOutputAssembly=\"false\" />")]
    public void What_is_allowed_passes(string item) =>
        Assert.Equal([], Permission.ByProject["Postern.Engine"].Exceeded(new($"<Project><ItemGroup>{item}</ItemGroup></Project>")));

    [Theory]
    [InlineData("[assembly: InternalsVisibleTo(\"Other\")]", true)]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleToAttribute(\"Other\")]", true)]
    [InlineData("class X { }", false)]
    public void Catches_a_friend_made_in_code(string code, bool caught) => Assert.Equal(caught, Friendship().IsMatch(code));

    [GeneratedRegex(@"\bInternalsVisibleTo(Attribute)?\s*\(")]
    private static partial Regex Friendship();
}
