using SmsCampaign.Dispatch.Words;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether a lane stands still until a person lets it go on, or is not in the installation any more.</summary>
sealed class LaneStopCheck : IReadyCheck
{
    public const string Called = "lane-stop";

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        var stops = about.Registry?.Stops.Read() ?? [];
        return Task.FromResult<IReadOnlyList<ReadyFinding>>(
        [
            .. about.MissingLanes.Select(lane => ReadyFinding.Bad(
                new Wording(
                    $"kế hoạch dùng kênh '{lane}' mà tệp cấu hình không có.",
                    $"the plan uses the lane '{lane}', which the installation file does not have."),
                new Wording(
                    "Hãy trả kênh về tệp cấu hình, hoặc lập kế hoạch lại bằng 'plan' rồi trình phê duyệt.",
                    "Put the lane back into the file, or plan again with 'plan' and have it approved."))
                with { Subject = lane }),
            .. about.Lanes
                .Select(lane => stops.FirstOrDefault(stop => stop.Lane == lane.Name))
                .Where(stop => stop is not null)
                .Select(stop => ReadyFinding.Bad(
                    LaneStopWords.Of(stop!, stop!.At is { } at ? VietnamTime.Moment(at) : null)
                        + (stop.Unreadable is { } unreadable
                            ? new Wording($" {unreadable}", $" {unreadable}")
                            : new Wording("", "")),
                    LaneStopWords.Advice(stop)) with { Subject = stop.Lane }),
        ]);
    }
}
