using System.CommandLine;
using Postern.Engine.Policy;
using Postern.Program.Hosts;

namespace Postern.Program.Commands;

/// <summary>What <c>init</c> and <c>integrate</c> have in common.</summary>
internal sealed class HostOptions
{
    private readonly Option<bool> _project = new("--project") { Description = "the files of the project in this directory, instead of the user's" };
    private readonly Option<string?> _config = StandardOptions.Config();
    private readonly Option<string?> _home = StandardOptions.Home();

    /// <summary>Only say what would be done.</summary>
    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "change nothing; say what would be done" };

    /// <summary>For scripts.</summary>
    public Option<bool> AsJson { get; } = StandardOptions.Json();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[DryRun, _project, _config, _home, AsJson])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The policy that servers and hooks will have.</summary>
    public PolicySnapshot PolicyOf(ParseResult parsed) => StandardOptions.PolicyOf(parsed, _config);

    /// <summary>Plans for each host, and carries the plans out unless only that was asked for.</summary>
    public void Run(ParseResult parsed, IEnumerable<AgentHost> hosts, HostsReport report)
    {
        var (named, home) = (parsed.GetValue(_config), parsed.GetValue(_home));
        if (!report.IsRemoval)
        {
            // A configuration that is wrong would make every server fail to start.
            ConfigFile.Load(ConfigFile.Find(named));
        }

        string[] options = [.. named is null ? [] : (string[])["--config", Path.GetFullPath(named)], .. home is null ? [] : (string[])["--home", Path.GetFullPath(home)]];
        var wrapper = new Wrapper(Environment.ProcessPath ?? "postern", options);
        var files = new IntegrationFiles(Home.Find(home));
        var ofProject = parsed.GetValue(_project);
        foreach (var host in hosts)
        {
            var editor = new HostEditor(host, HostPlaces.Own, files);
            if (editor.IsHere(ofProject) || report.IsRemoval)
            {
                report.Add(host, report.IsRemoval ? editor.Release(ofProject) : editor.Protect(wrapper, ofProject), files);
            }
            else
            {
                report.Miss(host);
            }
        }
    }
}
