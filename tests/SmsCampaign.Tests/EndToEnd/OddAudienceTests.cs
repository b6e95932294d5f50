using System.Text.Json;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>A list that has become something else between the approval and the opening, under
/// the real worker.</summary>
[Trait("Category", "Slow")]
public sealed class OddAudienceTests
{
    const int Subscribers = 30;

    [Fact]
    public async Task A_list_that_has_become_a_pipe_holds_its_run_and_no_other()
    {
        Machine.NeedsLinux("pipes are its");
        await using var office = await Office.OpenAsync([new("viettel", 84_960_000_001, Subscribers, 300)]);
        var own = Path.Combine(Path.GetDirectoryName(office.CampaignFile)!, "list.csv");
        File.Copy(office.AudienceFile, own);
        File.WriteAllText(
            office.CampaignFile,
            File.ReadAllText(office.CampaignFile).Replace("subscribers.csv", "list.csv", StringComparison.Ordinal));
        office.WriteOther();
        await office.ApproveAsync();
        await office.ApproveAsync(office.OtherFile);
        File.Delete(own);
        PipeFile.Make(own);

        JsonElement run;
        await using (var worker = office.Start("worker"))
        {
            var registry = Ledgers.OpenRegistry(office.Data);
            await worker.UntilAsync(
                () => office.MessagesSeen() == Subscribers && registry.Find(office.Key)?.State == RunState.Held);
            run = await office.StatusAsync(); // while somebody sends: the window of the other is open
            worker.Terminate();
            await worker.WaitAsync();
        }

        Assert.Equal("held", run.GetProperty("state").GetString());
        Assert.Contains(
            run.GetProperty("decisions").EnumerateArray(), decision =>
                decision.GetProperty("reason").GetString()!.Contains("một ống dẫn (FIFO)", StringComparison.Ordinal));
        Assert.Equal(Subscribers, office.MessagesSeen());
    }
}
