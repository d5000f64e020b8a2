using Postern.RuleTable;

return args switch
{
    ["compile", var rules, var output] => TableBuild.Run(rules, output),
    ["letter-pairs", var output, .. { Length: > 0 } words] => LetterPairTraining.Run(output, words),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: compile RULES-DIRECTORY OUTPUT | letter-pairs OUTPUT WORD-LIST...");
    return 2;
}
