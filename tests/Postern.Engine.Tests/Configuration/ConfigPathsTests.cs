using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigPathsTests
{
    private const string Directory = "/etc/postern";

    public static TheoryData<string> PathKeys => [.. ConfigKeys.All.Where(key => key.Setting.Kind is TextKind { IsPath: true }).Select(key => key.Path)];

    [Theory]
    [MemberData(nameof(PathKeys))]
    public void A_relative_path_starts_at_the_configuration_file(string key) =>
        AssertMeans(Path.GetFullPath("sub/file", Directory), key, "sub/file");

    [Theory]
    [MemberData(nameof(PathKeys))]
    public void An_absolute_path_stays(string key) => AssertMeans("/run/other", key, "/run/other");

    [Theory]
    [MemberData(nameof(PathKeys))]
    public void A_path_that_is_not_set_stays_so(string key) => AssertMeans("", key, "\"\"");

    [Fact]
    public void The_directory_is_no_part_of_the_hash()
    {
        var config = Bound.Whole("kill_switch: { sentinel_file: halt }\nlogging: { file: x.log }\n");

        Assert.Equal(ConfigHash.Of(config), ConfigHash.Of(ConfigPaths.Resolve(config, Directory)));
    }

    private static void AssertMeans(string expected, string key, string value)
    {
        var resolved = ConfigPaths.Resolve(SettingChanges.Bind(key, value), Directory);

        Assert.Empty(ConfigDiff.Compare(SettingChanges.Bind(key, $"\"{expected}\""), resolved));
    }
}
