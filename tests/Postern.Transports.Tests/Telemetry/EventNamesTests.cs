using System.Runtime.CompilerServices;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Tests.Telemetry;

public sealed class EventNamesTests
{
    [Fact]
    public async Task Every_name_is_said_once_and_stands_in_the_manual()
    {
        var manual = await File.ReadAllTextAsync(Manual());
        Assert.Equal(EventNames.All.Count, EventNames.All.Distinct().Count());
        Assert.All(EventNames.All, name => Assert.Contains($"`{name}`", manual, StringComparison.Ordinal));
    }

    private static string Manual([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/telemetry.md");
}
