using System.CommandLine;
using System.Text.Json;
using Postern.Engine.Configuration;
using Postern.Program.Running;
using Postern.Transports.Control;

namespace Postern.Program.Commands;

/// <summary>How commands find the control port of a running firewall: by the same configuration and home, or by what is named.</summary>
internal sealed class ControlAccess
{
    private const string TokenVariable = "POSTERN_CONTROL_TOKEN";

    private readonly Option<string?> _config = StandardOptions.Config();
    private readonly Option<string?> _home = StandardOptions.Home();
    private readonly Option<string?> _address = new("--addr") { Description = "the control port; else control.listen of the configuration", HelpName = "ADDRESS:PORT" };

    /// <summary>Adds its options to a command.</summary>
    public ControlAccess(Command command)
    {
        command.Options.Add(_config);
        command.Options.Add(_home);
        command.Options.Add(_address);
    }

    /// <summary>Asks, and turns what goes wrong into a message and an exit code.</summary>
    public async Task<int> AskAsync(ParseResult parsed, Func<ControlClient, Task<int>> ask)
    {
        using var client = Open(parsed);
        try
        {
            return await ask(client).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            Terminal.Fail("the control port: " + Terminal.Plain(e.Message));
            return ExitCodes.Finding;
        }
    }

    private ControlClient Open(ParseResult parsed)
    {
        var config = ConfigFile.Load(ConfigFile.Find(parsed.GetValue(_config))).Config.Control;
        var text = parsed.GetValue(_address) ?? config.Listen;
        if (text.Length == 0 || !ListenAddress.TryParse(text, out var address))
        {
            throw new ConfigException("no control port: set control.listen in the configuration, or name it with --addr ADDRESS:PORT");
        }

        var token = Environment.GetEnvironmentVariable(TokenVariable)
            ?? (config.BearerTokens.Count > 0 ? config.BearerTokens[0] : OperatorToken.TryLoad(Home.Find(parsed.GetValue(_home))))?.Reveal()
            ?? throw new ConfigException($"no token: none in control.bearer_tokens, none in the home, and {TokenVariable} is not set");
        return new ControlClient(address.ToEndPoint(), token);
    }

    /// <summary>A member's text without anything that a terminal would obey.</summary>
    public static string Text(JsonElement of, string member) => of.TryGetProperty(member, out var value) ? Terminal.Plain(value.ToString()) : "";
}
