using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What was found, as a person reads it: what must be mended first.</summary>
public static class ReadySummary
{
    /// <summary>What is well with a lane is one line, and so is what is the same of several lanes.</summary>
    public static IReadOnlyList<ReadyLine> Of(IReadOnlyList<ReadyLine> lines)
    {
        var perLane = lines
            .GroupBy(line => line is { Light: ReadyLight.Green, Subject: { } lane } ? (object)lane : line)
            .Select(group => group.First() with { Found = Wording.Join(" ", group.Select(line => line.Found)) });
        return
        [
            .. perLane
                .GroupBy(line => line.Subject is null ? (object)line : (line.Light, line.Found, line.ToDo))
                .Select(group => group.First().Subject is null
                    ? group.First()
                    : group.First() with { Subject = string.Join(", ", group.Select(line => line.Subject).Distinct()) })
                .OrderByDescending(line => line.Light), // of a light in the order of the checks
        ];
    }
}
