using System.Security.Cryptography;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Audience;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Planning;

public sealed class RunInputsTests
{
    [Theory]
    [InlineData("a.csv", RunInputRole.Audience)]
    // put back afterwards, it would look as if it had been the one read
    [InlineData("no.csv", RunInputRole.Suppression)]
    [InlineData("prefixes.csv", RunInputRole.Prefixes)]
    [InlineData("carriers.csv", RunInputRole.Carriers)]
    [InlineData("ported.csv", RunInputRole.Ported)]
    public void A_file_that_was_changed_between_its_hash_and_its_import_is_named(string changed, RunInputRole role)
    {
        using var bench = new ImportBench();
        bench.Folder.Write("a.csv", "SĐT\n0912345678\n0912345679\n");
        bench.Folder.Write("no.csv", "SĐT\n0912345678\n");
        bench.Folder.Write("ported.csv", "number,carrier\n0912345679,viettel\n");
        bench.Ported = PortedList.Load(
            [bench.Folder.File("ported.csv")], new NumberReader(ImportBench.Prefixes), ImportBench.Prefixes.Names, [])
            .With([(84912345670, "viettel")], ImportBench.Prefixes.Names);
        var audience = bench.Segment("a.csv").Suppress("no.csv").Import().Reading.Audience!;
        List<RunInput> inputs =
        [
            new(RunInputRole.Audience, "a.csv", audience.Sources[0].Sha256),
            new(RunInputRole.Suppression, "no.csv", audience.Suppressions[0]),
            new(RunInputRole.Prefixes, "prefixes.csv", HashOf(Repository.PathOf("config/prefixes.csv"))),
            new(RunInputRole.Carriers, "carriers.csv", HashOf(Repository.PathOf("config/carriers.csv"))),
            new(RunInputRole.Ported, "ported.csv", HashOf(bench.Folder.File("ported.csv"))),
        ];
        Assert.Empty(Find(inputs));

        inputs[inputs.FindIndex(input => input.Role == role)] = new RunInput(role, changed, new string('0', 64));

        var problem = Assert.Single(Find(inputs));
        Assert.Equal((changed, Severity.Error), (problem.Where!.File, problem.Severity));

        List<Problem> Find(IReadOnlyList<RunInput> hashed)
        {
            var problems = new List<Problem>();
            RunInputs.FindChangedMeanwhile(hashed, audience, problems);
            return problems;
        }

        static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
    }
}
