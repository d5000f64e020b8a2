using System.Collections;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Tests.Planning;

public sealed class CommandEnvironmentTests
{
    [Theory]
    [InlineData("LANG", "C.UTF-8", true)]
    [InlineData("EDITOR", "vi", true)]
    [InlineData("MONKEY", "banana", true)]
    [InlineData("HOMEPAGE", "https://example.com/@name", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", "x", false)]
    [InlineData("GITHUB_TOKEN", "x", false)]
    [InlineData("npm_config__authtoken", "x", false)]
    [InlineData("STRIPE_KEY", "x", false)]
    [InlineData("DB_PASSWORD", "x", false)]
    [InlineData("DATABASE_URL", "postgres://app:pw@db/x", false)]
    [InlineData("SSH_AUTH_SOCK", "/tmp/agent", false)]
    [InlineData("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/0/bus", false)]
    [InlineData("DOCKER_HOST", "unix:///run/docker.sock", false)]
    [InlineData("POSTERN_HOME", "/h", false)]
    public void Secrets_and_ways_to_services_stay_behind(string name, string value, bool passes) =>
        Assert.Equal(passes, Of(name, value, "bash").ContainsKey(name));

    [Fact]
    public void An_agent_keeps_the_key_to_its_own_provider()
    {
        Assert.True(Of("ANTHROPIC_API_KEY", "x", "/usr/local/bin/claude").ContainsKey("ANTHROPIC_API_KEY"));
        Assert.False(Of("ANTHROPIC_API_KEY", "x", "codex").ContainsKey("ANTHROPIC_API_KEY"));
    }

    [Fact]
    public void The_operator_passes_on_by_name_and_has_the_last_word_with_a_value()
    {
        var variables = Of("GITHUB_TOKEN", "x", "bash", "GITHUB_TOKEN");
        Assert.Equal("x", variables["GITHUB_TOKEN"]);
        CommandEnvironment.Set(variables, ["GITHUB_TOKEN=y=z", "NO_PROXY=", "JUST_A_NAME"]);
        Assert.Equal(("y=z", ""), (variables["GITHUB_TOKEN"], variables["NO_PROXY"]));
        Assert.DoesNotContain("JUST_A_NAME", variables.Keys);
    }

    private static Dictionary<string, string> Of(string name, string value, string command, params string[] more) =>
        CommandEnvironment.Of(new Hashtable { [name] = value }, [command], more);
}
