using SmsCampaign.Storage.Privacy;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the key is there by which numbers that were erased are told: without it a run waits at its
/// opening.</summary>
sealed class NumberKeyCheck : IReadyCheck
{
    public const string Called = "number-key";

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadyFinding>>([.. Find(about)]);

    static IEnumerable<ReadyFinding> Find(ReadyCase about)
    {
        if (about.Registry is { } registry
            && new NumberKeyFile(about.Data, registry).FindNeeded(about.Key?.Campaign) is { } needed)
        {
            yield return ReadyFinding.Bad(needed, new Wording(
                "Hãy lấy tệp khóa từ bản cất giữ (hai người được giao mở được).",
                "Fetch the key's file from where the two persons who may open it keep it."));
        }
    }
}
