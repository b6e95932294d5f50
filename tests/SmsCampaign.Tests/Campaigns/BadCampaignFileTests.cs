namespace SmsCampaign.Tests.Campaigns;

/// <summary>
/// One thing wrong at a time: each is found where it stands, and said in both languages.
/// </summary>
public sealed class BadCampaignFileTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What stands in <see cref="CampaignFolder.Valid"/>, what replaces it, where that is wrong as
    /// line:column, the key, and words each message must have.</summary>
    public static readonly TheoryData<string, string, string, string?, string, string> Errors = new()
    {
        // Keys.
        { "title: Tin thử", "titel: Tin thử", "2:1", "titel", "'title'", "Did you mean 'title'?" },
        {
            "title: Tin thử", "title: Tin thử\ntiêu đề: Tin thử", "3:1", "tiêu đề", "Các khóa dùng được",
            "Keys that can stand here"
        },
        { "title: Tin thử\n", "", "1:1", "title", "Thiếu khóa 'title'", "'title' is missing" },
        { "title: Tin thử", "title:", "2:1", "title", "chưa có giá trị", "has no value" },
        { "title: Tin thử", "title: ''", "2:8", "title", "để trống", "is empty" },
        { "title: Tin thử", "title: [Tin, thử]", "2:8", "title", "một danh sách", "cannot be a list" },
        { "title: Tin thử", "title: { a: b }", "2:8", "title", "một nhóm khóa", "cannot be a group of keys" },
        {
            "title: Tin thử", "title: Tin: thử", "2:11", null, "đặt cả nội dung trong ngoặc kép",
            "put all of it in quotes"
        },
        { "title: Tin thử", "title: Tin thử\ntitle: Lần hai", "3:1", "title", "dòng 2", "line 2" },
        { "title: Tin thử", "title: Tin thử\nwindow: 8", "3:1", "window", "schedule.window", "schedule.window" },
        // case counts, and is guessed
        { "  issuer: UBND tỉnh", "  Issuer: UBND tỉnh", "5:3", "directive.Issuer", "'issuer'", "'issuer'" },
        { "  issuer: UBND tỉnh\n", "", "4:1", "directive.issuer", "trong 'directive'", "in 'directive'" },
        { "  missed: start-late\n", "", "16:1", "schedule.missed", "Thiếu khóa 'missed'", "start-late, hold, skip" },
        { "leftovers: next-day", "leftover: next-day", "21:3", "schedule.leftover", "'leftovers'", "'leftovers'" },
        { "id: thu-nghiem", "id: Đắk Lắk 2025", "1:5", "id", "dak-lak-2025", "dak-lak-2025" },
        { "id: thu-nghiem", "id: ../ngoai", "1:5", "id", "ngoai", "lower-case" }, // it names a folder
        {
            "id: thu-nghiem", "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1:5", "id",
            "1 đến 60", "1 to 60"
        },
        { "mode: exercise", "mode: exercize", "3:7", "mode", "'exercise'", "Did you mean 'exercise'?" },
        { "mode: exercise", "mode: Live", "3:7", "mode", "'live'", "Did you mean 'live'?" },
        { "mode: exercise", "mode: diễn tập", "3:7", "mode", "exercise, live", "exercise, live" },

        // The order.
        {
            "date: 2025-07-01", "date: 2025-02-30", "6:9", "directive.date", "tháng 2/2025 có 28 ngày",
            "month 2/2025 has 28 days"
        },
        {
            "reportBy: 2025-09-30", "reportBy: 31/9/2025", "9:13", "directive.reportBy", "tháng 9/2025 có 30 ngày",
            "month 9/2025 has 30 days"
        },
        // no year, and one date
        { "reportBy: 2025-09-30", "reportBy: 30/9", "9:13", "directive.reportBy", "30/7/2025", "30/7/2025" },

        // The sender name.
        {
            "sender: CHINH PHU", "sender: CHÍNH PHỦ", "10:9", "sender", "'Í' (U+00CD), 'Ủ' (U+1EE6)",
            "It can be written: CHINH PHU"
        },
        {
            "sender: CHINH PHU", "sender: CHINH PHU VN 2025", "10:9", "sender", "17 ký tự, tối đa 11",
            "17 characters, at most 11"
        },
        { "sender: CHINH PHU", "sender: 19001111", "10:9", "sender", "ít nhất một chữ cái", "at least one letter" },
        {
            "sender: CHINH PHU", "sender: ' CHINH PHU'", "10:9", "sender", "dấu cách thừa",
            "starts or ends with a space"
        },
        { "sender: CHINH PHU", "sender: “CHINH PHU”", "10:9", "sender", "U+201C", "U+201D" }, // quotes from Word
        { "sender: CHINH PHU", "sender: СHINH PHU", "10:9", "sender", "U+0421", "U+0421" }, // a Cyrillic С

        // Messages.
        { "form: accented", "form: unacented", "14:11", "messages[1].form", "'unaccented'", "'unaccented'" },
        { "language: vi", "language: tiếng Việt", "13:15", "messages[1].language", "mã ngôn ngữ", "language tag" },
        { "schedule:", "  - { name: CHINH, text: hai }\nschedule:", "16:13", "messages[2].name", "dòng 12", "line 12" },
        {
            "    text: Toàn dân phòng, chống mua bán người\n", "", "12:5", "messages[1].text", "Thiếu khóa 'text'",
            "'text' is missing"
        },

        // The schedule.
        { "  date: 2025-07-30", "  date: 2025-02-30", "17:9", "schedule.date", "tháng 2/2025 có 28 ngày", "28 days" },
        {
            "  date: 2025-07-30", "  date: 7/30/2025", "17:9", "schedule.date", "Ngày đứng trước",
            "The day comes before the month"
        },
        { "  date: 2025-07-30", "  date: 30-7-2025", "17:9", "schedule.date", "Viết 30/7/2025", "Write 2025-07-30" },
        // meant for every year
        { "  date: 2025-07-30", "  date: 30/7", "17:9", "schedule.date", "'yearly: 30/7'", "'yearly: 30/7'" },
        { "  date: 2025-07-30", "  date: 30/2", "17:9", "schedule.date", "tháng 2 có 29 ngày", "month 2 has 29 days" },
        { "  date: 2025-07-30", "  date: 30/7/25", "17:9", "schedule.date", "30/7/2025", "30/7/2025" },
        { "  date: 2025-07-30", "  date: 0000-07-30", "17:9", "schedule.date", "không tồn tại", "does not exist" },
        {
            "  date: 2025-07-30", "  yearly: 31/4", "17:11", "schedule.yearly", "tháng 4 có 30 ngày",
            "month 4 has 30 days"
        },
        {
            "  date: 2025-07-30", "  yearly: 30/2", "17:11", "schedule.yearly", "tháng 2 có 29 ngày",
            "month 2 has 29 days"
        },
        { "  date: 2025-07-30", "  yearly: 30/7/2025", "17:11", "schedule.yearly", "30/7", "day/month" },
        {
            "  date: 2025-07-30", "  date: 2025-07-30\n  yearly: 30/7", "18:3", "schedule.yearly", "một trong hai",
            "Only one of"
        },
        { "  date: 2025-07-30\n", "", "16:1", "schedule.date", "Thiếu ngày gửi", "day is missing" },
        { "from: \"08:00\"", "from: \"8h30\"", "18:19", "schedule.window.from", "\"08:30\"", "\"08:30\"" },
        { "from: \"08:00\"", "from: \"08:60\"", "18:19", "schedule.window.from", "không tồn tại", "does not exist" },
        { "to: \"20:00\"", "to: \"24:00\"", "18:32", "schedule.window.to", "23:59", "23:59" },
        { "to: \"20:00\"", "to: \"08:00\"", "18:32", "schedule.window.to", "trống", "empty" },
        { "to: \"20:00\"", "to: \"02:00\"", "18:32", "schedule.window.to", "nửa đêm", "midnight" },
        {
            "window: { from: \"08:00\", to: \"20:00\" }", "window: 08:00-20:00", "18:11", "schedule.window", "from, to",
            "from, to"
        },
        { "to: \"20:00\" }", "too: \"20:00\" }", "18:28", "schedule.window.too", "'to'", "'to'" },
        {
            "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Min", "19:13", "schedule.timeZone", "'Asia/Ho_Chi_Minh'",
            "Did you mean 'Asia/Ho_Chi_Minh'?"
        },
        {
            "Asia/Ho_Chi_Minh", "../../etc/passwd", "19:13", "schedule.timeZone", "không biết múi giờ",
            "knows no time zone"
        },

        // Segments.
        { "message: chinh", "message: chính-1", "26:14", "segments[1].message", "'chinh'", "Did you mean 'chinh'?" },
        {
            "file: subscribers.csv", "file: subscriber.csv", "24:11", "segments[1].file", "'subscribers.csv'",
            "Did you mean 'subscribers.csv'?"
        },
        { "file: subscribers.csv", "file: khong/co.csv", "24:11", "segments[1].file", "/khong/co.csv", "The folder" },
        { "file: subscribers.csv", "file: .", "24:11", "segments[1].file", "thư mục", "is a folder" },
        { "priority: 1", "priority: 0", "27:15", "segments[1].priority", "từ 1", "1 to 1000" },
        { "priority: 1", "priority: một", "27:15", "segments[1].priority", "số nguyên", "whole number" },
        {
            "filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }", "filter: Ea Bung", "25:13", "segments[1].filter", "tên cột",
            "column names"
        },
        { "[Ea Bung, Buôn Đôn]", "[]", "25:15", "segments[1].filter.Xã/Phường", "trống", "empty" },
        {
            "[Ea Bung, Buôn Đôn]", "[Ea Bung, {a: b}]", "25:36", "segments[1].filter.Xã/Phường", "phải là chữ",
            "must be text"
        },
        {
            "[Ea Bung, Buôn Đôn]", "Ea Bung, xã/phường: Ia Lốp", "25:35", "segments[1].filter.xã/phường",
            "đã ghi ở trên", "stands above already"
        },
        {
            "suppression:", "  - { name: Toan-Tinh, file: tu-choi.csv, message: chinh }\nsuppression:", "28:13",
            "segments[2].name", "dòng 23", "line 23"
        },
        {
            "suppression: [tu-choi.csv]", "suppression: tu-choi.csv", "28:14", "suppression", "danh sách",
            "takes a list"
        },
        {
            "suppression: [tu-choi.csv]", "suppression: [tuchoi.csv]", "28:15", "suppression[1]", "'tu-choi.csv'",
            "'tu-choi.csv'"
        },

        // Lanes.
        { "[viettel, gmobile]", "[vietel, gmobile]", "29:9", "lanes[1]", "'viettel'", "Did you mean 'viettel'?" },
        { "[viettel, gmobile]", "[viettel, Viettel]", "29:18", "lanes[2]", "'viettel'", "'viettel'" },
        { "[viettel, gmobile]", "[viettel, viettel]", "29:18", "lanes[2]", "dòng 29", "line 29" },
        { "[viettel, gmobile]", "[viettel, itel-2]", "29:18", "lanes[2]", "mobifone", "Lanes defined" },
        { "[viettel, gmobile]", "[]", "29:1", "lanes", "trống", "is empty" },
        { "[viettel, gmobile]", "viettel, gmobile", "29:8", "lanes", "[một, hai]", "[one, two]" },

        // Limits.
        { "messages: 5000", "messages: 5_000", "31:13", "limits.messages", "Viết: 5000", "Write: 5000" },
        { "messages: 5000", "messages: 1.000.000", "31:13", "limits.messages", "Viết: 1000000", "Write: 1000000" },
        { "messages: 5000", "messages: \"5000\"", "31:13", "limits.messages", "Viết: 5000", "Write: 5000" },
        { "messages: 5000", "messages: 5e3", "31:13", "limits.messages", "chữ số", "digits only" },
        { "messages: 5000", "messages: -1", "31:13", "limits.messages", "từ 1 đến", "out of range" },
        { "messages: 5000", "messages: 99999999999999999999", "31:13", "limits.messages", "từ 1 đến", "out of range" },
        {
            "costVnd: 20000000", "costVnd: 20.000.000 đồng", "32:12", "limits.costVnd", "Viết: 20000000",
            "Write: 20000000"
        },
        { "costVnd: 20000000", "costVnd: 20 triệu", "32:12", "limits.costVnd", "chữ số", "digits only" },
        {
            "costVnd: 20000000", "costVnd: 20000000\nretry: { tries: 0 }", "33:17", "retry.tries", "từ 1 đến 100",
            "1 to 100"
        },
        {
            "costVnd: 20000000", "costVnd: 20000000\nretry: { validHours: 169 }", "33:22", "retry.validHours",
            "từ 1 đến 168", "1 to 168"
        },
        {
            "costVnd: 20000000", "costVnd: 20000000\nretry: { hours: 2 }", "33:10", "retry.hours",
            "Không có khóa 'hours'", "no key 'hours'"
        },
        {
            "costVnd: 20000000", "costVnd: 20000000\ncanary: { messages: 10001 }", "33:21", "canary.messages",
            "từ 0 đến 10000", "0 to 10000"
        },
        {
            "costVnd: 20000000", "costVnd: 20000000\ncanary: { failuresPercent: 0 }", "33:28",
            "canary.failuresPercent", "từ 1 đến 100", "1 to 100"
        },
        {
            "costVnd: 20000000", "costVnd: 20000000\ncanary: { receiptsMinutes: 121 }", "33:28",
            "canary.receiptsMinutes", "từ 1 đến 120", "1 to 120"
        },
        {
            "costVnd: 20000000", "costVnd: 20000000\nguard: { messages: 9 }", "33:20", "guard.messages",
            "từ 10 đến", "10 to"
        },

        // What YAML allows and we do not.
        { "title: Tin thử", "title: &a Tin thử", "2:8", null, "neo '&a'", "anchor '&a'" },
        { "title: Tin thử", "title: *a", "2:8", null, "tham chiếu '*a'", "alias '*a'" },
        { "title: Tin thử", "title: !!str Tin thử", "2:8", null, "nhãn kiểu", "tag" },
        { "title: Tin thử", "title: Tin thử\n<<: { a: b }", "3:1", "<<", "khóa gộp", "merge key" },
        { "title: Tin thử", "title: Tin thử\n? [a, b]\n: c", "3:3", null, "tên khóa", "A key must be" },
        {
            "  costVnd: 20000000\n", "  costVnd: 20000000\n---\nid: hai\n", "33:1", null, "tài liệu thứ hai",
            "second document"
        },

        // What is no YAML.
        { "  issuer: UBND tỉnh", "\tissuer: UBND tỉnh", "5:1", null, "phím Tab", "tab" },
        { "  issuer: UBND tỉnh", "\u00A0 issuer: UBND tỉnh", "5:1", null, "U+00A0", "U+00A0" },
        { "title: Tin thử", "title: Tin \u0007thử", "2:12", null, "U+0007", "U+0007" },
        { "title: Tin thử", "title: Tin\u2028thử", "2:11", null, "U+2028", "U+2028" },
        { "title: Tin thử", "title: 😀\u0001", "2:9", null, "U+0001", "U+0001" }, // columns count characters
        { "title: Tin thử", "title: \"Tin thử", "2:8", null, "Ngoặc", "quote" },
        { "title: Tin thử", "title: Tin: thử", "2:11", null, "dấu hai chấm", "colon" },
        { "title: Tin thử", "title: @tin", "2:8", null, "ngoặc kép", "in quotes" },
        { "title: Tin thử", "title: \"C:\\data\"", "2:11", null, "dấu \\", "single quotes" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void One_thing_wrong_is_the_one_thing_reported(
        string old, string replacement, string where, string? key, string vi, string en)
    {
        var read = _folder.ReadWith(old, replacement);

        Assert.Null(read.Campaign);
        var problem = Assert.Single(read.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal((where, key), ($"{problem.Where!.Line}:{problem.Where.Column}", problem.Where.Key));
        Assert.Equal(_folder.File, problem.Where.File);
        Assert.Contains(vi, problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains(en, problem.What.En, StringComparison.Ordinal);
        Assert.NotEqual(problem.What.Vi, problem.What.En);
    }
}
