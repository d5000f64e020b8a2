using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postern.Engine.Policy;
using Postern.Program.Benching;

namespace Postern.Program.Commands;

/// <summary><c>postern bench</c>: what judging costs on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var config = StandardOptions.Config();
        var json = StandardOptions.Json();
        var seconds = new Option<int>("--seconds") { Description = $"how long it may take, 1 to {MachineBench.MaxSeconds}; shorter is rougher", HelpName = "N", DefaultValueFactory = static _ => 20 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValue(seconds) is < 1 or > MachineBench.MaxSeconds)
            {
                result.AddError($"--seconds is 1 to {MachineBench.MaxSeconds}");
            }
        });
        var command = new ExampledCommand("bench", "Measures what judging costs on this machine under your configuration: texts out and in, URLs, a tool call. Texts are made from a seed; nothing is sent and nothing is kept.")
        {
            Examples = ["postern bench --seconds 5", "postern bench --json"],
        };
        command.Options.Add(config);
        command.Options.Add(seconds);
        command.Options.Add(json);
        command.SetAction((parsed, cancel) => Task.Run(() => Run(ConfigFile.Load(ConfigFile.Find(parsed.GetValue(config))), (parsed.GetValue(seconds), parsed.GetValue(json)), cancel), cancel));
        return command;
    }

    private static int Run(LoadedConfig loaded, (int Seconds, bool AsJson) how, CancellationToken cancel)
    {
        // A rate would refuse after a second, and a refusal is quick.
        var proxy = loaded.Config.FetchProxy;
        var unhurried = ConfigFile.With(loaded, loaded.Config with { FetchProxy = proxy with { Monitoring = proxy.Monitoring with { MaxRequestsPerMinute = 0 } } });
        var rows = new MachineBench(new PolicySnapshot(1, loaded.Hash, unhurried.Policy), TimeSpan.FromSeconds(how.Seconds)).Run(cancel).ToList();
        if (how.AsJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteString("machine", Machine);
                writer.WriteString("config_hash", loaded.Hash);
                writer.WriteNumber("seconds", how.Seconds);
                writer.WriteNumber("text_bytes", MachineBench.TextBytes);
                writer.WriteArray("rows", rows, static (item, row) =>
                {
                    item.WriteString("name", row.Name);
                    item.WriteString("way", row.Way);
                    item.WriteNumber("bytes", row.Bytes);
                    item.WriteNumber("nanoseconds", Math.Round(row.Nanoseconds));
                    item.WriteNumber("mb_per_second", Math.Round(row.Speed, 1));
                });
            });
            return ExitCodes.Ok;
        }

        Console.Out.WriteLine($"{"text of 100 KiB",-18}{"out MB/s",10}{"in MB/s",10}");
        foreach (var text in rows.Where(static row => row.Way is "out" or "in").GroupBy(static row => row.Name))
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text.Key,-18}{text.First().Speed,10:F0}{text.Last().Speed,10:F0}"));
        }

        foreach (var row in rows.Where(static row => row.Way is "url" or "tool"))
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-18}{row.Nanoseconds / 1000,10:F1} microseconds"));
        }

        Console.Out.WriteLine($"of one core, the best of several batches; {Machine}");
        return ExitCodes.Ok;
    }

    private static string Machine => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits, .NET {Environment.Version}";
}
