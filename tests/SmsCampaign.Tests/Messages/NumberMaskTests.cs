using System.Text;
using CsCheck;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class NumberMaskTests
{
    [Theory]
    [InlineData(84912345678)]
    [InlineData(84300000000)]
    [InlineData(8491234567)] // a digit short: not ours, masked all the same
    [InlineData(113)]
    public void A_number_is_written_as_it_prints_itself(long number)
    {
        var into = new byte[20];

        Assert.Equal(
            new PhoneNumber(number).Masked, Encoding.UTF8.GetString(into.AsSpan(0, NumberMask.Write(number, into))));
    }

    [Theory]
    [InlineData("invalid dest 84912345678", "invalid dest 84912***678")]
    [InlineData("0912 345 678: barred", "0912***678: barred")]
    [InlineData("912.345.678", "912.3***678")]
    [InlineData("error 33", "error 33")]
    [InlineData("Thôn 3, 0912/345/678", "Thôn 3, 0912***678")]
    [InlineData("0912\u00A0345\u00A0678", "0912***678")]
    [InlineData("(0912) 345 - 678", "(0912***678")]
    [InlineData("０９１２３４５６７８", "０９１２***６７８")]
    [InlineData("٠٩١٢٣٤٥٦٧٨", "٠٩١٢***٦٧٨")] // Arabic-Indic
    [InlineData("⁰⁹¹²³⁴⁵⁶⁷⁸", "⁰⁹¹²***⁶⁷⁸")]
    // keycaps
    [InlineData("0\uFE0F\u20E39\uFE0F\u20E31\uFE0F\u20E32345678", "0\uFE0F\u20E39\uFE0F\u20E31\uFE0F\u20E32***678")]
    [InlineData("912,345,678", "912,3***678")]
    [InlineData("84912***678 84983***111", "84912***678 84983***111")] // masked by then
    [InlineData("As of \"11/30/2026 03:08:39 +00:00\"", "As of \"11/30/2026 03:08:39 +00:00\"")] // as Kestrel logs
    [InlineData("16/07/2023 08:30:15 lần 2", "16/07/2023 08:30:15 lần 2")] // a date is no number
    [InlineData("ĐÃ HẾT lúc 16/07/2023 08:30:15: đĩa", "ĐÃ HẾT lúc 16/07/2023 08:30:15: đĩa")]
    [InlineData("2023-07-16 đến 2023-07-18", "2023-07-16 đến 2023-07-18")]
    [InlineData("16/07/2023 - 18/07/2023", "16/07/2023 - 18/07/2023")]
    [InlineData("16/07/2023 0912345678", "16/07/2***678")] // a number beside a date
    [InlineData("84/91/2345678", "84/91/2***678")]
    [InlineData("09/12/3456 78", "09/12***6 78")] // no year
    [InlineData("09/12/3456 08:30", "09/12***6 08:30")]
    [InlineData("connection refused (127.0.0.1:40215)", "connection refused (127.0.0.1:40215)")]
    [InlineData("SMPP 0x0000000B", "SMPP 0x0000000B")] // eight digits are no subscriber
    [InlineData("id 1234 of 5678901", "id 1234 of 5678901")] // eleven digits, no run of nine
    [InlineData("0912:345:678", "0912***678")]
    [InlineData("Thôn 5: 0912:345:678 và 84983:111222", "Thôn 5: 0912***678 và 84983***222")]
    [InlineData("09:12:34:56:78", "09:12***6:78")]
    [InlineData("0912; 345; 678", "0912***678")]
    [InlineData("0912 --- 345 --- 678", "0912***678")]
    [InlineData("03/08/2023: 45 tin", "03/08/2023: 45 tin")]
    [InlineData("kênh 08: 30/07/2025", "kênh 08: 30/07/2025")]
    [InlineData("dòng 8, 4, 9, 1, 2, 34, 56, 78, 90", "dòng 8, 4, 9, 1, 2, 34, 56, 78, 90")] // a list of small numbers
    [InlineData("84.91.23.4:5678", "84.91.23.4:5678")] // an address and its port
    [InlineData("lô 0912: 7 tin", "lô 0912: 7 tin")]
    public void A_number_that_slipped_into_a_text_is_masked(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(NumberMask.In(Encoding.UTF8.GetBytes(text))));

    /// <summary>Forms in which people and programs write digits.</summary>
    static readonly string[] Zeros = ["0", "０", "٠", "०", "៰", "\U0001D7CE"];

    static readonly string[] Before = ["0", "84", "+84 "];

    static readonly string[] Between =
        ["", " ", ".", "-", "/", "\u00A0", "\u202F", "\u3000", "–", " - ", ") ", "\u200B", "·", "_", ","];

    [Fact]
    public void However_a_number_is_written_its_middle_is_not_shown() =>
        Gen.Select(
            Gen.Int[0, Zeros.Length - 1], Gen.Long[300_000_000, 999_999_999], Gen.Int[0, 2].Select(at => Before[at]),
            Gen.Int[0, Between.Length - 1].Select(at => Between[at]).Array[14]).Sample(
            (zero, national, before, between) =>
            {
                var digits = (before + national).Where(char.IsAsciiDigit).ToList();
                var written = string.Concat(digits.Select(
                    (digit, at) => DigitOf(Zeros[zero], digit) + (at < digits.Count - 1 ? between[at] : "")));

                foreach (var masked in new[] { NumberMask.In($"Ấp {written}."), PhoneNumber.Mask($"Ấp {written}.") })
                {
                    Assert.Contains("***", masked, StringComparison.Ordinal);
                    Assert.True(CountDigits(masked) <= 8, $"'{masked}' shows too much of '{written}'");
                }
            },
            iter: 5_000);

    /// <summary>Groups in which people write a number.</summary>
    static readonly int[][] Groups = [[4, 3, 3], [3, 3, 4], [3, 4, 3], [4, 6], [5, 5], [2, 2, 2, 2, 2]];

    static readonly string[] Parting = [":", ": ", " : ", "::", " -:- ", " --- ", ", ", "; ", " ; ", ",, "];

    [Fact]
    public void Whatever_parts_the_groups_of_a_number_its_middle_is_not_shown() =>
        Gen.Select(
            Gen.Int[0, 4].Select(at => "35789"[at]),
            Gen.Long[0, 99_999_999],
            Gen.Int[0, Groups.Length - 1].Select(at => Groups[at]),
            Gen.Int[0, Parting.Length - 1].Select(at => Parting[at])).Sample(
            (first, rest, groups, between) =>
            {
                // A comma parts lists of small numbers, too.
                if (between.AsSpan().IndexOfAny(',', ';') >= 0 && groups.Length > 3)
                    return;

                var digits = $"0{first}{rest:00000000}";
                var (parts, at) = (new List<string>(), 0);
                foreach (var length in groups)
                {
                    parts.Add(digits.Substring(at, length));
                    at += length;
                }

                var written = string.Join(between, parts);
                var masked = NumberMask.In($"Ấp {written}.");
                Assert.True(CountDigits(masked) <= 8, $"'{masked}' shows too much of '{written}'");
            },
            iter: 5_000);

    static readonly string[] Beside = [" ", "  ", " - ", ".", "-", "/", "\u00A0", " – ", ") ", "_"];

    static readonly int[][] Times = [[2, 2], [2, 2, 2]];

    [Fact]
    public void A_number_that_begins_or_ends_as_a_time_does_is_none_of_its_own() =>
        Gen.Select(
            Gen.Int[0, 4].Select(at => "35789"[at]),
            Gen.Long[0, 99_999_999],
            Gen.Int[0, 1].Select(at => Times[at]),
            Gen.Bool,
            Gen.Int[0, Beside.Length - 1].Select(at => Beside[at])).Sample(
            (first, rest, time, inFront, between) =>
            {
                var digits = $"0{first}{rest:00000000}";
                var length = time.Sum();
                var (of, other) = inFront
                    ? (digits[..length], digits[length..])
                    : (digits[^length..], digits[..^length]);
                var written = string.Join(':', time.Select((size, at) => of.Substring(2 * at, size)));

                var text = $"Ấp {(inFront ? written + between + other : other + between + written)}.";
                var masked = NumberMask.In(text);
                Assert.True(CountDigits(masked) <= 8, $"'{masked}' shows too much of '{text}'");
            },
            iter: 20_000);

    [Theory]
    [InlineData("09:12 345678", "09:12***678")]
    [InlineData("Ấp 09:12 345 678 xã", "Ấp 09:12***678 xã")]
    [InlineData("8:49 12345678", "8:49 12***678")]
    [InlineData("09:12, 345678 tin", "09:12, 345678 tin")]
    [InlineData("lúc 09:12: 345678", "lúc 09:12***678")]
    [InlineData("09:12 3/7/2025", "09:12 3/7/2025")]
    [InlineData("8:45 30/07/2025", "8:45 30/07/2025")]
    [InlineData("30/07/2025 09:12 345678", "30/07/2025 09:12 345678")] // a moment, and what came at it
    [InlineData("2025-07-30 09:12:34 5678", "2025-07-30 09:12:34 5678")]
    [InlineData("09:12 - 10:45", "09:12 - 10:45")]
    public void A_time_with_the_rest_of_a_number_beside_it_is_masked_and_a_real_one_stays(
        string text, string expected) =>
        Assert.Equal(expected, NumberMask.In(text));

    [Fact]
    public void A_time_of_day_and_what_stands_beside_it_stay() =>
        Gen.Select(
            Gen.Int[0, 23],
            Gen.Int[0, 59],
            Gen.Int[0, 59],
            Gen.Int[0, 999_999],
            Gen.Date[new DateTime(2000, 1, 1), new DateTime(2059, 12, 31)]).Sample(
                (hour, minute, second, id, day) =>
                {
                    foreach (var text in new[]
                    {
                        $"{hour:00}:{minute:00}, {id}",
                        $"{hour:00}:{minute:00}:{second:00} tin {id:000}",
                        $"{hour:00}:{minute:00} {id % 100_000}",
                        $"{day:dd/MM/yyyy} {hour:00}:{minute:00} {id}",
                        $"{day:d/M/yyyy} {hour}:{minute:00}",
                        $"{hour}:{minute:00} {day:d/M/yyyy}",
                        $"{day:dd/MM/yyyy} {hour:00}:{minute:00}:{second:00}",
                        $"{day:dd/MM/yyyy}: {id % 1000} tin",
                        $"kênh {id % 100:00}: {day:dd/MM/yyyy}",
                        $"từ {hour:00}:{minute:00} tới {second:00}:00",
                        $"127.0.0.1:{id % 65536}",
                        $"{day:yyyy-MM-dd}T{hour:00}:{minute:00}:{second:00}Z",
                        $"mã {id}: {hour:00}:{minute:00}",
                    })
                        Assert.Equal(text, NumberMask.In(text));
                },
                iter: 2_000);

    static string DigitOf(string zero, char digit) =>
        char.ConvertFromUtf32(char.ConvertToUtf32(zero, 0) + (digit - '0'));

    static int CountDigits(string text) => text.EnumerateRunes().Count(rune => Rune.GetNumericValue(rune) >= 0);
}
