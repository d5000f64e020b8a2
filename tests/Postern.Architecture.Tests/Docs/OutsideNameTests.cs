using System.Text;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Docs;

public sealed class OutsideNameTests
{
    [Fact]
    public void No_file_names_the_place_it_was_developed_in()
    {
        var files = OutsideNames.Files(RepositoryRoot.Path).ToList();
        Assert.Contains(RepositoryRoot.Resolve("Postern.slnx"), files);
        Assert.Equal([], files.Where(file => OutsideNames.Mentioned(File.ReadAllBytes(file))));
    }

    [Theory]
    [InlineData("see ..", "/shared/data")]
    [InlineData("see /work", "/shared")]
    public void Catches_such_a_name(string start, string end) => Assert.True(OutsideNames.Mentioned(Encoding.UTF8.GetBytes(start + end)));

    [Fact]
    public void Other_folders_pass() => Assert.False(OutsideNames.Mentioned("../src and /workshared"u8));
}
