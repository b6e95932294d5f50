using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>What came of the latest test of a text today through a lane.</summary>
/// <param name="Text">Name of the text.</param>
/// <param name="At">When its latest message was answered.</param>
/// <param name="Taken">Messages that the gateway took.</param>
/// <param name="Messages">Messages that it answered.</param>
/// <param name="Code">What it said of one that it did not take; empty where it took all.</param>
sealed record LaneTest(string Text, DateTimeOffset At, int Taken, int Messages, string Code)
{
    /// <summary>Of the campaign that is asked about, as sender and texts are its own; of any where none is.</summary>
    /// <returns>One a text; none where none of today was answered, as far as can be read.</returns>
    public static IReadOnlyList<LaneTest> FindToday(string lane, ReadyCase about)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(about.Now, VietnamTime.Zone).DateTime);
        return
        [
            .. (about.Registry?.ReadRuns() ?? [])
                .Where(run => run.IsTest && run.FindKey() is { } key && key.Date == today
                    && (about.Key is null || key.Tested == about.Key.Campaign))
                .Select(run => (run.ToKey().Tested, Test: Find(lane, run, about.Data)))
                .Where(each => each.Test is not null)
                .GroupBy(each => (each.Tested, each.Test!.Text))
                .Select(text => text.MaxBy(each => each.Test!.At).Test!),
        ];
    }

    static LaneTest? Find(string lane, RunRecord run, DataFolder data)
    {
        try
        {
            var address = run.AddressIn(data);
            var answered = TestMessage.ReadAll(address)
                .Where(message => message.Lane == lane && message.At is not null && IsAnswer(message.Status))
                .ToList();
            return answered.Count == 0 ? null : new LaneTest(
                StoredRun.Read(address).Origin.Audience.Segments[0].Message,
                answered.Max(message => message.At!.Value),
                answered.Count(message => message.IsWell),
                answered.Count,
                answered.Find(message => !message.IsWell)?.Code ?? "");
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break whatever reads it
        {
            return null;
        }
    }

    static bool IsAnswer(MessageStatus status) => status
        is MessageStatus.Accepted or MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Failed;
}
