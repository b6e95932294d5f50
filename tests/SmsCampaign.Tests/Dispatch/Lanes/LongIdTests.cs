using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>What a gateway answers with an id that no gateway gives: it is not kept.</summary>
public sealed class LongIdTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(200, 1, MessageStatus.Accepted)]
    [InlineData(201, 1, MessageStatus.Uncertain)]
    [InlineData(900_000, 1, MessageStatus.Uncertain)]
    [InlineData(36, 255, MessageStatus.Accepted)] // one a part
    [InlineData(36, 256, MessageStatus.Uncertain)]
    public async Task A_message_under_such_an_id_may_have_been_taken(int length, int parts, MessageStatus expected)
    {
        var path = SomeRun.Create(_folder.Path, 1);
        string[] ids = [.. Enumerable.Repeat(new string('9', length), parts)];

        await LaneCase.RunAsync(
            path,
            new ScriptedCarrier(_ => SendResult.Accepted(string.Join(',', ids), parts == 1 ? null : ids)),
            rate: 100);

        Assert.Equal(1, SomeRun.Count(path)[expected]);
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.InRange(
            db.ReadNumber("select coalesce(max(length(carrier_id)), 0) from state")!.Value,
            0,
            expected == MessageStatus.Accepted ? 10_000 : 0);
    }
}
