using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Audience;

namespace SmsCampaign.Tests.Planning;

public sealed class RunInputsTests
{
    [Theory]
    [InlineData("a.csv", RunInputRole.Audience)]
    [InlineData("no.csv", RunInputRole.Suppression)] // put back afterwards, it would look as if it had been the one read
    public void A_file_that_was_changed_between_its_hash_and_its_import_is_named(string changed, RunInputRole role)
    {
        using var bench = new ImportBench();
        bench.Folder.Write("a.csv", "SĐT\n0912345678\n0912345679\n");
        bench.Folder.Write("no.csv", "SĐT\n0912345678\n");
        var audience = bench.Segment("a.csv").Suppress("no.csv").Import().Reading.Audience!;
        List<RunInput> inputs = [new(RunInputRole.Audience, "a.csv", audience.Sources[0].Sha256), new(RunInputRole.Suppression, "no.csv", audience.Suppressions[0])];
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
    }
}
