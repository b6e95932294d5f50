using System.Text;
using SmsCampaign.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Fuzz;

/// <summary>The campaign file: read, or refused with at least one error that says where.</summary>
sealed class CampaignTarget : IFuzzTarget
{
    static readonly string[] Lanes = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile"];

    readonly string _folder = Directory.CreateTempSubdirectory("fuzz-campaign-").FullName;
    readonly Mutator _mutator;
    readonly string _file;

    public CampaignTarget(int seed)
    {
        _file = Path.Combine(_folder, "campaign.yaml");
        foreach (var name in new[] { "subscribers.csv", "tu-choi.csv" })
            File.WriteAllText(Path.Combine(_folder, name), "Số điện thoại\n");

        var valid = File.ReadAllBytes(Repository.PathOf("samples/dak-lak-2025/campaign.yaml"));
        var plain = Encoding.UTF8.GetBytes(string.Join(
            '\n', Encoding.UTF8.GetString(valid).Split('\n').Where(line => !line.TrimStart().StartsWith('#'))));
        _mutator = new Mutator(
            seed,
            [valid, plain],
            [
                "&a ", "*a", "!!str ", "!tag ", "<<: *a", "---\n", "...\n", "%YAML 1.2\n", "? ", ": ", "- ", "|\n  ",
                ">-\n  ", "{", "}", "[", "]", "\"", "'", "#", "\n    ", "\t", "id: x\n", "retry: { tries: 3 }\n",
                "yearly: 30/7\n", "date: 29/2/2025\n", "window: { from: 8, to: 20 }\n", "filter: { xã: [a] }\n",
                "08:00", "0x1F", "~", "1_000", "2025-07-30", "file: ../../../etc/passwd\n", "[[[[[[[[", "a: &x [*x]\n",
            ]);
    }

    public bool Try(int number)
    {
        File.WriteAllBytes(_file, _mutator.Make(number));
        var reading = CampaignFile.Read(_file, Lanes);

        var refused = reading.Problems.Any(problem => problem.Severity == Severity.Error);
        if (refused == reading.Campaign is not null)
            throw new BrokenPromiseException(refused ? "refused and read at once" : "neither read nor refused");
        return !refused;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
