using System.CommandLine;
using SmsCampaign.Messages;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign text [FILE] [--language TAG] [--json], and text compare: see <see cref="TextCompareCommand"/>.
/// </summary>
static class TextCommand
{
    static readonly (LengthTable Table, Wording Name)[] Tables =
    [
        (LengthTable.Standard, new("chuẩn 3GPP", "3GPP standard")),
        (LengthTable.Care, new("tin chăm sóc, mọi nhà mạng", "care, all carriers")),
        (LengthTable.AdsViettelVinaPhone, new(
            "tin quảng cáo Viettel, VinaPhone", "advertising, Viettel and VinaPhone")),
        (LengthTable.AdsOthers, new("tin quảng cáo nhà mạng khác", "advertising, other carriers")),
    ];

    public static Command Create(Terminal terminal)
    {
        var file = WrittenInput.Argument(terminal.Language, new Wording(
            "tệp chứa nội dung tin, UTF-8; không ghi thì đọc từ đầu vào chuẩn",
            "file with the message, UTF-8; stdin if not given"));
        var json = new Option<bool>("--json")
        {
            Description = terminal.Text(
                "Mỗi dòng đầu vào là một tin, in ra một dòng JSON",
                "Every input line is a message; print a JSON line for each"),
        };
        var language = new Option<string>("--language")
        {
            Description = terminal.Text(
                "Mã ngôn ngữ của tin: vi (tiếng Việt), rad (Ê Đê), tyz (Tày), hmn (Mông)…; "
                    + "chữ không thuộc ngôn ngữ này là lỗi",
                "Language of the message: vi (Vietnamese), rad (Rade), tyz (Tay), hmn (Hmong) …; "
                    + "letters of another are errors"),
            DefaultValueFactory = _ => "vi",
        };
        var command = new Command("text", terminal.Text(
            "Xem một tin nhắn: như máy hiện, mã hóa, số phần, bản không dấu, và các lỗi",
            "Look at a message: as the phone shows it, encoding, parts, unaccented twin, problems"))
        {
            file,
            language,
            json,
        };
        command.Subcommands.Add(TextCompareCommand.Create(terminal));

        command.SetAction(parsed =>
        {
            var (from, of) = (parsed.GetRequiredValue(file), parsed.GetRequiredValue(language));
            if (!TextCheck.IsLanguage(of))
            {
                return Refuse(from, terminal, new Wording(
                    $"'{of}' không phải mã ngôn ngữ. Hãy ghi, ví dụ, --language rad (tiếng Ê Đê).",
                    $"'{of}' is no language tag. Write, for example, --language rad (Rade)."));
            }

            return parsed.GetValue(json) ? RunJson(from, of, terminal) : Run(from, of, terminal);
        });
        return command;
    }

    static int Run(string file, string language, Terminal terminal)
    {
        if (WrittenInput.ReadAll(file, terminal) is not { } input)
            return ExitCode.InputHasProblems;

        var written = WrittenInput.WithoutLastEnd(input);
        if (written.Length == 0)
        {
            return Refuse(file, terminal, new Wording(
                "không có nội dung. Hãy ghi tên tệp chứa tin, hoặc đưa tin vào đầu vào chuẩn.",
                "there is no text. Give a file with the message, or the message on stdin."));
        }

        var text = SmsText.Compose(written);
        terminal.Say("Trên máy hiện:", "As the phone shows it:");
        Show(text, terminal);

        if (text.Unaccented().Value != text.Value)
        {
            terminal.Say("Bản không dấu:", "Without diacritics:");
            Show(text.Unaccented(), terminal);
        }

        var name = WrittenInput.NameOf(file, terminal.Language);
        var problems = Check(written, language).Select(
            problem => new Problem(new Place(name, problem.Line, problem.Column), problem.What, problem.Severity));
        var stops = terminal.List(TextCheck.WhatIsUnchecked(language) is { } lack
            ? problems.Prepend(new Problem(new Place(name), lack, Severity.Warning))
            : problems);
        return stops ? ExitCode.InputHasProblems : ExitCode.Done;
    }

    static IReadOnlyList<TextProblem> Check(string written, string language) =>
        UnaccentedCheck.AddAdvice(TextCheck.Check(written, language), written, language);

    static int RunJson(string file, string language, Terminal terminal)
    {
        var stops = false;
        var read = WrittenInput.ForEachLine(file, terminal, (line, number) =>
        {
            var problems = Check(line, language);
            stops |= problems.Any(problem => problem.Severity == Severity.Error);

            terminal.SayJson(new
            {
                Line = number,
                Message = Describe(SmsText.Compose(line)),
                Unaccented = Describe(SmsText.Compose(line).Unaccented()),
                Problems = problems.Select(problem => new
                {
                    problem.Position,
                    problem.Column,
                    problem.CodePoint,
                    problem.Element,
                    problem.Severity,
                    What = problem.What.In(terminal.Language),
                }),
            });
        });

        return read && !stops ? ExitCode.Done : ExitCode.InputHasProblems;
    }

    static void Show(SmsText text, Terminal terminal)
    {
        foreach (var line in text.Value.Split('\n'))
            terminal.Output.WriteLine($"  {line.TrimEnd('\r')}");

        foreach (var tables in Tables.GroupBy(table => text.EncodingIn(table.Table)))
        {
            var units = text.Split(tables.First().Table).UnitsUsed;
            if (tables.Key == SmsEncoding.Gsm7)
                terminal.Say($"  GSM 7 bit, {units} ký tự", $"  GSM 7 bit, {Figures.Counted(units, "septet")}");
            else
                terminal.Say(
                    $"  Unicode (UCS-2), {units} ký tự", $"  Unicode (UCS-2), {Figures.Counted(units, "unit")}");

            foreach (var (table, name) in tables)
            {
                var parts = text.Split(table);
                terminal.Say(
                    $"    {name}: {parts.Count} phần (phần cuối dùng {parts.UnitsInLastPart}, còn {parts.UnitsLeft})",
                    $"    {name}: {parts.Count} {(parts.Count == 1 ? "part" : "parts")} (last part holds "
                        + $"{parts.UnitsInLastPart}, {parts.UnitsLeft} left)");
            }
        }
    }

    static object Describe(SmsText text) => new
    {
        Text = text.Value,
        text.Encoding,
        Units = text.Split(LengthTable.Standard).UnitsUsed,
        Parts = new
        {
            Standard = text.PartsIn(LengthTable.Standard),
            Care = text.PartsIn(LengthTable.Care),
            AdsViettelVinaPhone = text.PartsIn(LengthTable.AdsViettelVinaPhone),
            AdsOthers = text.PartsIn(LengthTable.AdsOthers),
        },
    };

    static int Refuse(string file, Terminal terminal, Wording what)
    {
        terminal.List([new Problem(new Place(WrittenInput.NameOf(file, terminal.Language)), what)]);
        return ExitCode.InputHasProblems;
    }
}
