using System.CommandLine;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Rules.Bundles;

namespace Postern.Program.Commands;

/// <summary><c>postern rules install</c> and <c>postern rules update</c>.</summary>
internal static class RulesInstallCommand
{
    public static Command Create() => Create(
        "install",
        "Checks bundles (signature, digests, every example) and puts them into rules.rules_dir; all of them or none. One runs once rules.bundles lists it.",
        "postern rules install acme-rules@1.2.0.bundle",
        static (_, _) => true);

    public static Command CreateUpdate() => Create(
        "update",
        "Like install, but only takes what is newer than every installed version of the same bundle. The old version runs until rules.bundles lists the new one.",
        "postern rules update ~/Downloads/bundles",
        static (head, installed) => installed.Any(pin => VersionOf(pin, head) is not null) && installed.All(pin => VersionOf(pin, head) is not { } there || there < head.Version));

    private static ExampledCommand Create(string name, string description, string example, Func<BundleHead, IReadOnlyList<string>, bool> takes)
    {
        var path = new Argument<string>("PATH") { Description = "a bundle, as 'postern rules pack' writes it, or a folder of them" };
        var config = StandardOptions.Config();
        var command = new ExampledCommand(name, description) { Examples = [example] };
        command.Arguments.Add(path);
        command.Options.Add(config);
        command.SetAction(parsed => Take(BundleStore.FilesAt(parsed.GetValue(path)!), BundleStore.SettingsOf(parsed, config), takes));
        return command;
    }

    private static int Take(IReadOnlyList<string> paths, RulesSection rules, Func<BundleHead, IReadOnlyList<string>, bool> takes)
    {
        var installed = BundleStore.Installed(rules).ToList();
        var taken = new List<(BundleHead Head, byte[] Bytes)>();
        var worst = ExitCodes.Ok;
        foreach (var path in paths)
        {
            // What is kept are the bytes that were checked.
            var bytes = BundleStore.Read(path);
            var opened = BundleStore.Open(bytes, rules);
            if (opened.Bundle is not { } bundle)
            {
                worst = Math.Max(worst, RulesVerifyCommand.Complain(path, opened));
            }
            else if (takes(bundle.Head, installed))
            {
                taken.Add((bundle.Head, bytes));
            }
        }

        if (worst == ExitCodes.Ok)
        {
            taken.ForEach(one => Keep(one.Head, one.Bytes, BundleStore.PathOf(one.Head.Pin, rules)));
            Console.Error.WriteLine(taken.Count == 0 ? "Nothing newer than what is installed." : $"They run once rules.bundles lists them: {string.Join(", ", taken.Select(static one => one.Head.Pin))}");
        }

        return worst;
    }

    private static void Keep(BundleHead head, byte[] bytes, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path) && !BundleStore.Read(path).AsSpan().SequenceEqual(bytes))
        {
            throw new ConfigException($"{path} is there and differs: a version is published once; remove it first if it is to be replaced");
        }

        // Written beside and moved: a start meanwhile sees all of it or nothing.
        File.WriteAllBytes(path + ".new", bytes);
        File.Move(path + ".new", path, overwrite: true);
        Console.Out.WriteLine(head.Pin);
    }

    private static Version? VersionOf(string pin, BundleHead head) =>
        pin.Split('@') is [var name, var version] && name == head.Name && Version.TryParse(version, out var read) ? read : null;
}
