using System.CommandLine;
using Postern.Transports.Capturing;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern keygen</c>.</summary>
internal static class KeygenCommand
{
    public static Command Create()
    {
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var escrow = new Option<string?>("--escrow") { Description = "make a pair for captures instead: the private key in FILE, which must not exist, the public key in FILE.pub", HelpName = "FILE" };
        var command = new ExampledCommand("keygen", "Makes the key that signs evidence, or shows the public half of the one that is there. 'run' does it by itself.")
        {
            Examples = ["postern keygen --json", "postern keygen --escrow escrow.pem"],
        };
        command.Options.Add(escrow);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed => parsed.GetValue(escrow) is { } path ? MakeEscrow(path) : Make(Home.Find(parsed.GetValue(home)), parsed.GetValue(json)));
        return command;
    }

    /// <summary>Never over what is there: what is sealed to a key is lost with it.</summary>
    private static int MakeEscrow(string path)
    {
        using var key = EscrowKey.Create();
        NewFile.Write(path, key.PrivatePem, isPrivate: true);
        NewFile.Write(path + ".pub", key.PublicPem);
        Console.Error.WriteLine($"Name {path}.pub in capture.escrow_public_key. Take {path} away from this machine: it opens every capture.");
        return ExitCodes.Ok;
    }

    private static int Make(Home home, bool asJson)
    {
        home.Create();
        var path = SigningKey.PathIn(home.Path);
        var existed = File.Exists(path);
        try
        {
            using var signer = SigningKey.LoadOrCreate(home.Path, OpenSslEd25519.OrManaged());
            Print(Convert.ToHexStringLower(signer.PublicKey), signer.KeyId);
            return ExitCodes.Ok;
        }
        catch (EvidenceUnsoundException unsound)
        {
            Terminal.Fail(unsound.Message);
            return ExitCodes.Finding;
        }

        void Print(string publicKey, string keyId)
        {
            if (!asJson)
            {
                Console.Out.WriteLine(publicKey);
                Console.Error.WriteLine($"Key {keyId} {(existed ? "was there already" : "was made")}: {path}. Note the public key elsewhere, and verify with it.");
                return;
            }

            Json.PrintObject(writer =>
            {
                writer.WriteBoolean("created", !existed);
                writer.WriteString("public_key", publicKey);
                writer.WriteString("key_id", keyId);
                writer.WriteString("path", path);
            });
        }
    }
}
