using Postern.Engine.Detection.Known;

namespace Postern.Engine.Tests.Detection.Known;

/// <summary>Which values of an environment are secrets.</summary>
public sealed class EnvironmentSelectionTests
{
    [Theory]
    [InlineData("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/opt/Zq7XkP2mVt9RbW4hJc8")]
    [InlineData("LS_COLORS", "rs=0:di=01;34:ln=01;36:mh=00:pi=40;33:so=01;35")]
    [InlineData("EDITOR", "/usr/bin/vim")]
    [InlineData("GREETING", "good morning everybody in the house")]
    [InlineData("GITHUB_SHA", "8f3c1e9b27d04a6f5c8e1b3d7a9f2c4e6b8d0a1c")]
    [InlineData("BUILD_REVISION", "8f3c1e9b27d04a6f5c8e1b3d7a9f2c4e6b8d0a1c")]
    [InlineData("SSH_AUTH_SOCK", "/tmp/ssh-XXXXyT9qLz/agent.4242")]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS", "/home/me/keys/project-8f3c1e9b27d0.json")]
    [InlineData("GIT_AUTHOR_NAME", "Zq7XkP2mVt9RbW4hJc8")]
    [InlineData("API_KEY", "short")]
    [InlineData("API_TOKEN", "aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("HOME", "/home/Zq7XkP2mVt9RbW4hJc8")]
    [InlineData("HTTP_PROXY", "http://127.0.0.1:8888/index")]
    [InlineData("VITE_PUBLISHABLE_KEY", "pk_Zq7XkP2mVt9RbW4hJc8")]
    public void Ordinary_values_are_none(string name, string value) =>
        Assert.Empty(EnvironmentSelection.Of(name, value, 16));

    [Theory]
    [InlineData("ACME_TOKEN", "Zq7XkP2mVt9RbW4hJc8", "Zq7XkP2mVt9RbW4hJc8")]
    [InlineData("DB_PASSWORD", "correct-horse-battery", "correct-horse-battery")]
    [InlineData("SOMETHING", "Zq7XkP2mVt9RbW4hJc8NdL", "Zq7XkP2mVt9RbW4hJc8NdL")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "/Zq7+XkP2mVt9RbW4hJc8/NdL6sGf3YuE5oPq2Rs", "/Zq7+XkP2mVt9RbW4hJc8/NdL6sGf3YuE5oPq2Rs")]
    [InlineData("DATABASE_URL", "postgres://app:Zq7XkP2mVt9R@db.example:5432/app", "Zq7XkP2mVt9R")]
    [InlineData("QUEUE", "Endpoint=sb://q.example/;SharedAccessKey=Zq7XkP2mVt9RbW4hJc8NdL=", "Zq7XkP2mVt9RbW4hJc8NdL=")]
    [InlineData("SERVICE_JSON", "{\"id\":\"me\",\"k\":\"Zq7XkP2mVt9RbW4hJc8NdL\"}", "Zq7XkP2mVt9RbW4hJc8NdL")]
    public void Secrets_are_found_and_of_structured_values_only_the_secret_piece(string name, string value, string expected) =>
        Assert.Equal([expected], EnvironmentSelection.Of(name, value, 16).Select(static own => own.Value.Reveal()));

    [Fact]
    public void A_file_has_one_secret_on_each_line()
    {
        const string File = "\uFEFF# comment\r\nZq7XkP2mVt9RbW4hJc8\r\n\r\n  spaced out but long enough  \nshort\nvalue # not a comment\n";

        Assert.Equal(
            ["Zq7XkP2mVt9RbW4hJc8", "spaced out but long enough", "value # not a comment"],
            OwnSecrets.OfFile(File, 16).Select(static own => own.Value.Reveal()));
    }

    [Fact]
    public void A_file_that_is_none_is_refused_without_repeating_it()
    {
        var tooLong = Assert.Throws<FormatException>(() => OwnSecrets.OfFile("first line is fine here\n" + new string('x', 5000), 16));

        Assert.Contains("line 2", tooLong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxxx", tooLong.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => OwnSecrets.OfFile("has a \0 in its middle", 16));
        Assert.Throws<FormatException>(() => OwnSecrets.OfFile(string.Join('\n', Enumerable.Range(0, 1001).Select(static i => $"a secret of number {i}")), 16));
    }
}
