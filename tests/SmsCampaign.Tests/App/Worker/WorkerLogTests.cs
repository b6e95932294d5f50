using SmsCampaign.App.Worker;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.App.Worker;

public class WorkerLogTests
{
    [Theory]
    [InlineData("8:1234", "/run/systemd/notify", true)]
    [InlineData("8:1234", null, false)] // a shell of a desktop
    [InlineData(null, "/run/systemd/notify", false)] // its output goes elsewhere
    public void A_service_of_systemd_writes_to_its_journal(string? stream, string? socket, bool expected) =>
        Assert.Equal(expected, WorkerLog.IsJournal(
            name => name == "JOURNAL_STREAM" ? stream : name == "NOTIFY_SOCKET" ? socket : null));

    [Theory]
    [InlineData(LogForm.Auto, true, JsonFormatter.Name)]
    [InlineData(LogForm.Auto, false, LineFormatter.Name)]
    [InlineData(LogForm.Json, false, JsonFormatter.Name)]
    [InlineData(LogForm.Text, true, LineFormatter.Name)]
    public void The_form_is_as_it_is_set_or_as_it_is_read(LogForm form, bool isJournal, string expected) =>
        Assert.Equal(expected, WorkerLog.NameOf(form, isJournal));
}
