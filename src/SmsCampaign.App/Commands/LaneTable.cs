using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports;

namespace SmsCampaign.App.Commands;

/// <summary>A run's messages by status and lane, a lane a column, as many beside each other as
/// a screen is wide.</summary>
sealed class LaneTable(RunStatus status, Terminal terminal)
{
    const int Gap = 3;
    const int Indent = 2;

    public void Write()
    {
        var first = new Column(terminal.Text("Kênh gửi", "Lane"), [
            .. Enum.GetValues<MessageStatus>().Select(each => MessageStatusWords.Of(each).In(terminal.Language)),
            terminal.Text("cộng", "total"),
            terminal.Text("phần đã chuyển", "parts handed over")]);
        List<Column> columns = [
            .. status.Lanes.Select(lane => Of(
                lane.Name.Length == 0 ? terminal.Text("(không kênh nào)", "(no lane)") : lane.Name,
                lane.Count,
                lane.Messages,
                lane.PartsHandedOver)),
            Of(terminal.Text("Cộng", "Total"), status.Count, status.Messages, status.PartsHandedOver)];

        while (columns.Count > 0)
        {
            var fitting = Fitting(first, columns);
            var table = new TextTable([first.Heading, .. columns.Take(fitting).Select(column => column.Heading)]);
            for (var row = 0; row < first.Cells.Count; row++)
                table.Add([first.Cells[row], .. columns.Take(fitting).Select(column => column.Cells[row])]);
            table.Write(terminal.Output);
            columns.RemoveRange(0, fitting);
            if (columns.Count > 0)
                terminal.Output.WriteLine();
        }
    }

    /// <returns>At least one.</returns>
    static int Fitting(Column first, List<Column> columns)
    {
        var width = Indent + first.Width;
        var fitting = columns.TakeWhile(column => (width += Gap + column.Width) <= WrappedLines.Width).Count();
        return Math.Max(fitting, 1);
    }

    Column Of(string heading, Func<MessageStatus, long> count, long messages, long parts) => new(
        heading,
        [.. Enum.GetValues<MessageStatus>().Select(each => Count(count(each))), Count(messages), Count(parts)]);

    string Count(long number) => Figures.Count(number).In(terminal.Language);

    sealed record Column(string Heading, IReadOnlyList<string> Cells)
    {
        public int Width => Math.Max(Heading.Length, Cells.Max(cell => cell.Length));
    }
}
