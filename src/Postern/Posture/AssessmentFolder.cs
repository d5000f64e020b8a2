using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Program.Proof;

namespace Postern.Program.Posture;

/// <summary>The files of one assessment. Each has its hash in the manifest from the moment it is written.</summary>
/// <param name="path">The directory.</param>
internal sealed class AssessmentFolder(string path)
{
    /// <summary>What came of the simulation.</summary>
    public const string Simulation = "simulation.json";

    /// <summary>The score, from the same simulation.</summary>
    public const string Score = "score.json";

    /// <summary>What doctor found on this machine, and the ways out of a contained command.</summary>
    public const string Deployment = "deployment.json";

    /// <summary>The hosts of agents on this machine, and whether they are behind Postern.</summary>
    public const string Hosts = "hosts.json";

    /// <summary>What follows from them.</summary>
    public const string Result = "assessment.json";

    /// <summary>All of it for people.</summary>
    public const string Page = "assessment.html";

    private const string Manifest = "manifest.json";
    private const string Attestation = "attestation.dsse.json";
    private const string PredicateType = "https://postern.dev/assessment/v1";

    /// <summary>Starts one, in a directory that is not there yet or is empty.</summary>
    public void Begin(LoadedConfig loaded)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new ConfigException($"{path} is not empty; an assessment has a directory of its own");
        }

        Directory.CreateDirectory(path);
        Save(new JsonObject
        {
            ["schema_version"] = "1", ["tool_version"] = Product.Version, ["run_id"] = Guid.NewGuid().ToString(), ["config"] = loaded.Path ?? "", ["config_hash"] = loaded.Hash,
            ["started_at"] = DateTimeOffset.UtcNow.ToString("O"), ["status"] = "initialized", ["artifacts"] = new JsonObject(),
        });
    }

    /// <summary>The manifest; <paramref name="status"/> is what it must say of the stage that came before.</summary>
    /// <exception cref="ConfigException">There is none, or another stage is due.</exception>
    public JsonObject Read(string status)
    {
        if (!File.Exists(At(Manifest)))
        {
            throw new ConfigException($"{path}: there is no assessment; begin with 'postern assess init {path}'");
        }

        var manifest = JsonNode.Parse(File.ReadAllText(At(Manifest)))!.AsObject();
        return (string?)manifest["status"] == status ? manifest : throw new ConfigException($"{path}: this assessment is {manifest["status"]}, and {status} is needed");
    }

    /// <summary>Writes an artefact, and its hash into the manifest.</summary>
    public void Add(JsonObject manifest, string name, Action<Utf8JsonWriter> members) => Add(manifest, name, Json.BytesOf(members));

    /// <summary>Writes an artefact, and its hash into the manifest.</summary>
    public void Add(JsonObject manifest, string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        manifest["artifacts"]![name] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Save(manifest);
    }

    /// <summary>An artefact as it was written.</summary>
    /// <exception cref="ConfigException">It is not there, or no longer what it was.</exception>
    public JsonElement Artifact(JsonObject manifest, string name)
    {
        var bytes = File.Exists(At(name)) ? File.ReadAllBytes(At(name)) : [];
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == (string?)manifest["artifacts"]![name]
            ? JsonElement.Parse(bytes)
            : throw new ConfigException($"{name} is not what it was when it was written; run the assessment again");
    }

    /// <summary>Ends a stage.</summary>
    public void Advance(JsonObject manifest, string status)
    {
        manifest["status"] = status;
        Save(manifest);
    }

    /// <summary>Signs every file; nothing is added afterwards.</summary>
    public void Sign(EvidenceSigner signer, Action<Utf8JsonWriter> predicate) =>
        File.WriteAllText(At(Attestation), InTotoEnvelope.Sign([.. Names().Select(name => new EvidenceFile(name, () => File.OpenRead(At(name))))], PredicateType, predicate, signer));

    /// <summary>What is wrong with the folder, and the key it was signed with; an empty fault when every file is as it was signed.</summary>
    public (string Fault, string Key) Verify(string key, IEd25519 algorithm)
    {
        if (!File.Exists(At(Attestation)) || InTotoEnvelope.Open(File.ReadAllText(At(Attestation)), key, algorithm) is not { } signed)
        {
            return ("there is no attestation that this key signed", "");
        }

        var subjects = signed.Statement.GetProperty("subject").EnumerateArray().ToDictionary(
            static subject => subject.GetProperty("name").GetString()!, static subject => subject.GetProperty("digest").GetProperty("sha256").GetString()!);
        var changed = subjects.Keys.Union(Names()).FirstOrDefault(name => !File.Exists(At(name)) || !subjects.TryGetValue(name, out var hash) || HashOf(name) != hash);
        return (changed is null ? "" : $"{changed} is not as it was signed", signed.Key);
    }

    private string At(string name) => Path.Combine(path, name);

    private string HashOf(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At(name))));

    private IEnumerable<string> Names() => Directory.EnumerateFiles(path).Select(static file => Path.GetFileName(file)).Where(static name => name != Attestation);

    private void Save(JsonObject manifest) => File.WriteAllText(At(Manifest), manifest.ToJsonString() + "\n");
}
