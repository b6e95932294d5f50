using System.CommandLine;
using SmsCampaign.Directives;
using SmsCampaign.Directives.Words;
using SmsCampaign.Messages;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign new NAME|FOLDER [--from SAMPLE | --from-order FILE | the particulars] [--id ID]</summary>
sealed class NewCommand
{
    /// <summary>Most characters of an order's words on the screen.</summary>
    const int MostShown = 300;

    readonly Terminal _terminal;
    readonly Argument<string> _place;
    readonly Option<string?> _id;
    readonly Option<string?> _sample;
    readonly Option<string?> _order;
    readonly NewQuestions _questions;

    NewCommand(Terminal terminal)
    {
        _terminal = terminal;
        _place = new Argument<string>(terminal.Text("tên-hoặc-thư-mục", "name-or-folder"))
        {
            Description = terminal.Text(
                "tên chiến dịch mới (nằm trong config/campaigns), hoặc đường dẫn một thư mục chưa có",
                "name of the new campaign (which lies in config/campaigns), or path of a folder that is not there yet"),
        };
        _id = new Option<string?>("--id")
        {
            Description = terminal.Text(
                "mã chiến dịch (mặc định: theo tên thư mục)", "the campaign's id (default: by the folder's name)"),
        };
        _sample = new Option<string?>("--from")
        {
            Description = terminal.Text(
                "chép từ một mẫu, ví dụ samples/dak-lak-2025, cùng các danh sách mẫu dùng",
                "copy a sample, such as samples/dak-lak-2025, with the lists that it names"),
        };
        _order = new Option<string?>("--from-order")
        {
            Description = terminal.Text(
                "lấy từ văn bản giao việc (.docx hoặc .txt); chỗ nào không chắc thì để lại câu hỏi",
                "take it from the order (.docx or .txt); what is not sure becomes a question"),
        };
        _questions = new NewQuestions(terminal);
    }

    public static Command Create(Terminal terminal)
    {
        var made = new NewCommand(terminal);
        var command = new Command("new", terminal.Text(
            "Tạo chiến dịch mới: từ mẫu, từ văn bản giao việc, hoặc qua vài câu hỏi",
            "Make a new campaign: from a sample, from the order, or by a few questions"))
        {
            made._place, made._sample, made._order, made._id,
        };
        foreach (var option in made._questions.Options)
            command.Options.Add(option);

        command.Validators.Add(result =>
        {
            var sources = new Option[] { made._sample, made._order }
                .Where(option => SharedOptions.IsGiven(result, option)).ToList();
            if (sources.Count > 1)
                result.AddError(terminal.Text(
                    "--from không dùng cùng --from-order: hãy chọn một.",
                    "--from does not go with --from-order: choose one."));
            if (sources.Count > 0 && made._questions.Options.FirstOrDefault(
                option => SharedOptions.IsGiven(result, option)) is { } particular)
                result.AddError(terminal.Text(
                    $"{particular.Name} không dùng cùng {sources[0].Name}: hãy sửa trong tệp đã tạo.",
                    $"{particular.Name} does not go with {sources[0].Name}: change it in the file that is made."));
        });
        command.SetAction(made.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var place = parsed.GetRequiredValue(_place).Trim();
        if (place.Length == 0)
        {
            _terminal.SayError(new Wording("Cần ghi tên chiến dịch mới.", "Name the new campaign."));
            return ExitCode.InputHasProblems;
        }

        var campaign = new NewCampaign(
            place, parsed.GetValue(_id)?.Trim(), SharedOptions.InstallationOf(parsed).ToString());
        if (parsed.GetValue(_sample) is { } sample)
            return Say(NewDesk.FromSample(campaign, sample));
        if (parsed.GetValue(_order) is { } order)
            return Say(NewDesk.FromOrder(campaign, order));

        // Nobody answers a dozen questions to be told then that the name is taken.
        if (Path.Exists(NewDesk.PlaceOf(campaign)))
            return Say(new NewResult.Exists(NewDesk.PlaceOf(campaign)));

        return _questions.Read(parsed, out var missing) is { } said
            ? Say(NewDesk.FromParticulars(campaign, said))
            : _terminal.List(missing) ? ExitCode.InputHasProblems : ExitCode.CouldNot;
    }

    int Say(NewResult result)
    {
        switch (result)
        {
            case NewResult.Refused refused:
                _terminal.List(refused.Problems);
                _terminal.SayError(new Wording("Chưa tạo gì.", "Nothing was made."));
                return ExitCode.InputHasProblems;
            case NewResult.Exists(var place):
                _terminal.SayError(new Wording(
                    $"Đã có {NewDesk.Shown(place)}: lệnh này không ghi đè. Hãy chọn tên khác.",
                    $"{NewDesk.Shown(place)} is there already, and nothing is written over. Choose another name."));
                return ExitCode.InputHasProblems;
            case NewResult.Unwritable(var place, var why):
                _terminal.SayError(new Wording(
                    $"Không tạo được {NewDesk.Shown(place)} ({FaultWords.Of(why)}). Hãy kiểm tra quyền ghi và chỗ "
                        + $"trống trên đĩa.",
                    $"{NewDesk.Shown(place)} cannot be made: {FaultWords.Of(why)} Check the right to write there, and "
                        + $"the room on the disk."));
                return ExitCode.CouldNot;
            case NewResult.Made made:
                Say(made);
                return ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of making a campaign: {unknown}");
        }
    }

    void Say(NewResult.Made made)
    {
        var file = NewDesk.Shown(made.File);
        if (made.Findings is { } findings)
            Say(findings);

        _terminal.Say(
            $"Đã tạo {file} (mã chiến dịch: {made.Id}).", $"{file} is made (the campaign's id: {made.Id}).");
        foreach (var list in made.Lists)
            _terminal.Say($"  Đã chép danh sách {list}.", $"  The list {list} is copied.");

        if (made.Questions.Count > 0)
        {
            var count = Figures.Counted(made.Questions.Count, "question");
            _terminal.Say($"Còn {count} câu hỏi trong tệp:", $"{count} left in the file:");
            foreach (var question in made.Questions)
                _terminal.Say($"  {question.Where}", $"  {question.Where}");
        }

        _terminal.Say(
            $"Việc tiếp theo: sửa tệp, rồi chạy: sms-campaign check {TypedArgument.Of(file)}",
            $"Next: edit the file, then run: sms-campaign check {TypedArgument.Of(file)}");
    }

    void Say(DirectiveFindings findings)
    {
        _terminal.Say("Lấy từ văn bản:", "From the order:");
        foreach (var finding in findings.All.Where(finding => !RepeatsText(finding, findings)))
        {
            var name = DirectiveWords.Of(finding.Field);
            if (finding.Question is { } question)
                _terminal.Say($"  HỎI  {question}", $"  ASK  {question}");
            else if (finding.Value is { } value)
                _terminal.Say(
                    $"  {name}: {Shown(finding, value)}", $"  {name}: {Shown(finding, value)}");
            else
                _terminal.Say($"  {name}: không có trong văn bản", $"  {name}: not in the order");

            if (finding is { Words: { } words, Place: { } place })
            {
                var masked = NumberMask.In(words.Length <= MostShown ? words : words[..MostShown].TrimEnd() + "…");
                _terminal.Say($"       {place}: “{masked}”", $"       {place}: “{masked}”");
            }
        }

        foreach (var note in findings.Notes)
            _terminal.Say($"  Lưu ý: {note}", $"  Note: {note}");
    }

    /// <summary>What is sent is said by itself only where it may be other than the order's words.</summary>
    static bool RepeatsText(DirectiveFinding finding, DirectiveFindings findings) =>
        finding.Field == DirectiveField.Sent
        && (finding.Question is null || findings.Of(DirectiveField.Text).Question is not null);

    static Wording Shown(DirectiveFinding finding, string value) => finding.Field switch
    {
        DirectiveField.Delivery => DirectiveWords.OfDelivery(value),
        DirectiveField.Passage => new Wording("có", "found"),
        _ => new Wording($"{value}", $"{value}"),
    };
}
