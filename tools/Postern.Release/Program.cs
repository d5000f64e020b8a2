using Postern.Program.Releasing;
using Postern.Release;
using Postern.Transports.Evidence;

// What './release' cannot say in a shell: the signed statement in a release's folder, and the list of what it is made of.
switch (args)
{
    case ["seal", var folder, var key, var source, var commit, var target]:
        using (var signer = SigningKey.Load(key, OpenSslEd25519.OrManaged()))
        {
            var statement = ReleaseSeal.Make(folder, new BuildFacts(source, commit, target, "https://postern.dev/release"), signer);
            File.WriteAllText(Path.Join(folder, ReleaseSeal.FileName), statement + "\n");
            return 0;
        }

    case ["public", var key]:
        using (var signer = SigningKey.Load(key, OpenSslEd25519.OrManaged()))
        {
            Console.WriteLine(Convert.ToHexStringLower(signer.PublicKey));
            return 0;
        }

    case ["sbom", var assets, var version]:
        ProductBom.Print(ResolvedPackages.In(assets), version);
        return 0;

    default:
        Console.Error.WriteLine("Postern.Release seal FOLDER KEY SOURCE COMMIT TARGET | public KEY | sbom PROJECT.ASSETS.JSON VERSION");
        return 2;
}
