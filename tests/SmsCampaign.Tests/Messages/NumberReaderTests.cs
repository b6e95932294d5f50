using CsCheck;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class NumberReaderTests
{
    [Theory]
    [InlineData("0912345678")]
    [InlineData("84912345678")]
    [InlineData("+84912345678")]
    [InlineData("912345678")] // a spreadsheet ate the zero
    [InlineData("0912 345 678")]
    [InlineData("0912.345.678")]
    [InlineData("0912-345-678")]
    [InlineData("0912,345,678")]
    [InlineData("+84 912.345.678")]
    [InlineData("(+84) 912 345 678")]
    [InlineData("(+84) (0) 912 345 678")]
    [InlineData("+84 0912 345 678")]
    [InlineData("84 0912345678")]
    [InlineData("0084912345678")]
    [InlineData("00 84 912 345 678")]
    [InlineData("084912345678")] // a zero put before the country code
    [InlineData("+0912345678")]
    [InlineData("'0912345678")] // a spreadsheet's sign for text
    [InlineData("\"0912345678\"")]
    [InlineData("=\"0912345678\"")]
    [InlineData("  0912345678\t")]
    [InlineData("0912\u00A0345\u00A0678")]
    [InlineData("\u202A+84 912 345 678\u202C")] // as address books copy it
    [InlineData("0912–345–678")]
    [InlineData("912345678.0")] // a spreadsheet's decimal
    [InlineData("912345678,00")]
    [InlineData("84912345678.0")]
    [InlineData("912,345,678.00")]
    [InlineData("9.12345678E8")] // scientific, but no digit is lost
    [InlineData("9,12345678E+08")]
    [InlineData("SĐT: 0912 345 678")]
    [InlineData("Tel:+84912345678.")]
    [InlineData("0912345678 (Zalo)")]
    [InlineData("0912345678 ext. 5")]
    [InlineData("０９１２３４５６７８")] // full-width digits
    [InlineData("＋84 912 345 678")]
    public void The_same_number_is_read_in_every_spelling(string written)
    {
        var reading = Numbering.Reader.Read(written);

        Assert.Null(reading.Reason);
        Assert.Equal("84912345678", reading.Number.Digits);
    }

    // Nine digits cannot hold a country code and a mobile number both; eleven and more do.
    [Theory]
    [InlineData("842345678", "84842345678")] // VinaPhone's 084 without its zero
    [InlineData("0842345678", "84842345678")]
    [InlineData("84842345678", "84842345678")]
    [InlineData("84912345678", "84912345678")]
    public void An_84_in_front_is_a_country_code_only_where_a_whole_number_follows(string written, string expected) =>
        Assert.Equal(expected, Numbering.Reader.Read(written).Number.Digits);

    [Theory]
    [InlineData("01621234567", "84321234567")]
    [InlineData("01631234567", "84331234567")]
    [InlineData("01641234567", "84341234567")]
    [InlineData("01651234567", "84351234567")]
    [InlineData("01661234567", "84361234567")]
    [InlineData("01671234567", "84371234567")]
    [InlineData("01681234567", "84381234567")]
    [InlineData("01691234567", "84391234567")]
    [InlineData("01201234567", "84701234567")]
    [InlineData("01211234567", "84791234567")]
    [InlineData("01221234567", "84771234567")]
    [InlineData("01261234567", "84761234567")]
    [InlineData("01281234567", "84781234567")]
    [InlineData("01231234567", "84831234567")]
    [InlineData("01241234567", "84841234567")]
    [InlineData("01251234567", "84851234567")]
    [InlineData("01271234567", "84811234567")]
    [InlineData("01291234567", "84821234567")]
    [InlineData("01861234567", "84561234567")]
    [InlineData("01881234567", "84581234567")]
    [InlineData("01991234567", "84591234567")]
    [InlineData("0168 123 4567", "84381234567")]
    [InlineData("84 168 123 4567", "84381234567")]
    [InlineData("+841681234567", "84381234567")]
    [InlineData("1681234567", "84381234567")]
    [InlineData("ĐT 0168.123.4567", "84381234567")]
    public void A_number_of_before_September_2018_gets_its_prefix_of_today(string written, string expected)
    {
        var reading = Numbering.Reader.Read(written);

        Assert.Null(reading.Reason);
        Assert.Equal(expected, reading.Number.Digits);
        Assert.True(reading.Repair.HasFlag(NumberRepair.OldFormMapped));
    }

    [Theory]
    [InlineData("", ExclusionReason.Empty)]
    [InlineData("  \u00A0", ExclusionReason.Empty)]
    [InlineData("\"\"", ExclusionReason.Empty)]
    [InlineData("-", ExclusionReason.NotANumber)]
    [InlineData("không có", ExclusionReason.NotANumber)]
    [InlineData("0912345\u0000678", ExclusionReason.NotANumber)] // a digit may have stood there
    [InlineData("0912345678\u0000", ExclusionReason.NotANumber)]
    [InlineData("\u0007Tel: 0912345678", ExclusionReason.NotANumber)]
    [InlineData("0912\u0085345678", ExclusionReason.NotANumber)]
    [InlineData("09l2345678", ExclusionReason.NotANumber)] // an l for a one
    [InlineData("0912 ABC 678", ExclusionReason.NotANumber)] // never read as the keys of a telephone
    [InlineData("0912 ABC 678 ext. 5", ExclusionReason.NotANumber)]
    [InlineData("091234567O", ExclusionReason.WrongLength)] // an O for the last zero: a digit is missing
    [InlineData("9.12E+08", ExclusionReason.Scientific)]
    [InlineData("8,49E+10", ExclusionReason.Scientific)]
    [InlineData("8.49123E10", ExclusionReason.Scientific)]
    [InlineData("09123456", ExclusionReason.WrongLength)]
    [InlineData("09123456789", ExclusionReason.WrongLength)]
    [InlineData("8491234567", ExclusionReason.WrongLength)] // 84 and one digit short
    [InlineData("0912345678 / 0987654321", ExclusionReason.WrongLength)] // two numbers: a person must choose
    [InlineData("0912345678, 0987654321", ExclusionReason.WrongLength)]
    [InlineData("0912345678; 0987654321", ExclusionReason.WrongLength)]
    [InlineData("0912345678;5", ExclusionReason.WrongLength)]
    [InlineData("0912345678 ext 123456", ExclusionReason.WrongLength)] // longer than any extension
    [InlineData("0912345678 ext 0987654321", ExclusionReason.WrongLength)]
    [InlineData("0912345678 x0987654321", ExclusionReason.WrongLength)]
    [InlineData("0912345678#0987654321", ExclusionReason.WrongLength)]
    [InlineData("0912 345 678 hoặc 0987 654 321", ExclusionReason.WrongLength)]
    [InlineData("An: 0912345678 | Bình: 0987654321", ExclusionReason.WrongLength)]
    [InlineData("0912345678 & 0987654321", ExclusionReason.WrongLength)]
    [InlineData("91234567891234567891234", ExclusionReason.WrongLength)] // more digits than a long holds
    [InlineData("+84", ExclusionReason.WrongLength)]
    [InlineData("0", ExclusionReason.WrongLength)]
    [InlineData("00", ExclusionReason.WrongLength)]
    [InlineData("000", ExclusionReason.WrongLength)]
    [InlineData("125", ExclusionReason.UnassignedPrefix)]
    [InlineData("12", ExclusionReason.WrongLength)]
    [InlineData("024 3825 1234", ExclusionReason.Landline)]
    [InlineData("(028) 38 251 234", ExclusionReason.Landline)]
    [InlineData("0262 385 1234", ExclusionReason.Landline)] // Đắk Lắk
    [InlineData("84 24 3825 1234", ExclusionReason.Landline)]
    [InlineData("+842438251234", ExclusionReason.Landline)]
    [InlineData("2438251234", ExclusionReason.Landline)]
    [InlineData("+1 202 555 0123", ExclusionReason.Foreign)]
    [InlineData("+85512345678", ExclusionReason.Foreign)]
    [InlineData("0085512345678", ExclusionReason.Foreign)]
    [InlineData("+856 20 2345 6789", ExclusionReason.Foreign)]
    [InlineData("Tel: +1 202 555 0123", ExclusionReason.Foreign)]
    [InlineData("113", ExclusionReason.UnassignedPrefix)]
    [InlineData("19001234", ExclusionReason.UnassignedPrefix)]
    [InlineData("1900 123456", ExclusionReason.UnassignedPrefix)]
    [InlineData("18001234", ExclusionReason.UnassignedPrefix)]
    [InlineData("0190 123 4567", ExclusionReason.UnassignedPrefix)] // 11 digits, of no old prefix
    [InlineData("0612345678", ExclusionReason.UnassignedPrefix)]
    [InlineData("0711234567", ExclusionReason.UnassignedPrefix)] // neither table knows 071
    public void A_number_one_cannot_text_says_why(string written, ExclusionReason expected) =>
        Assert.Equal(expected, Numbering.Reader.Read(written).Reason);

    // The two tables disagree on these; a subscriber is dropped only where both say no.
    [Theory]
    [InlineData("0521234567")] // in our table; libphonenumber knows 0522, 0523, 0528 only
    [InlineData("0891234567")] // in our table; libphonenumber knows 0896 to 0899 only
    [InlineData("0951234567")] // libphonenumber's alone
    public void A_number_that_either_table_knows_is_kept(string written) =>
        Assert.True(Numbering.Reader.Read(written).IsMobile);

    [Theory]
    [InlineData("0912345678", NumberRepair.None)]
    [InlineData("+84 912 345 678", NumberRepair.None)]
    [InlineData("912345678", NumberRepair.LeadingZeroRestored)]
    [InlineData("912345678.0", NumberRepair.LeadingZeroRestored | NumberRepair.DecimalRead)]
    [InlineData("1681234567", NumberRepair.LeadingZeroRestored | NumberRepair.OldFormMapped)]
    [InlineData("+84 (0) 912345678", NumberRepair.ExtraZeroDropped)]
    [InlineData("084912345678", NumberRepair.ExtraZeroDropped)]
    [InlineData("SĐT 0912345678", NumberRepair.WordsDropped)]
    [InlineData("0912345678 x5", NumberRepair.WordsDropped | NumberRepair.ExtensionDropped)]
    [InlineData("024 3825 1234", NumberRepair.None)]
    public void What_was_done_to_a_number_is_told(string written, NumberRepair expected) =>
        Assert.Equal(expected, Numbering.Reader.Read(written).Repair);

    // Never ending in 0: one point before one or two last zeros makes a decimal number, which has its own rows above.
    static readonly Gen<string> National =
        Gen.Select(
            Gen.OneOf("32", "39", "52", "56", "58", "59", "70", "76", "79", "81", "84", "86", "88", "91", "98", "99"),
            Gen.Int[0, 999_999],
            Gen.Int[1, 9],
            (prefix, rest, last) => $"{prefix}{rest:D6}{last}");

    static readonly Gen<string> Lead = Gen.OneOf("0", "84", "+84", "", "0084", "+84 0", "(+84)", "'0", "(0)");

    static readonly Gen<string[]> Separators = Gen.OneOf("", "", " ", ".", "-", "\u00A0", ") ", "\u202F").Array[9];

    [Fact]
    public void However_it_is_grouped_a_number_reads_the_same() =>
        Gen.Select(National, Lead, Separators).Sample((national, lead, separators) =>
        {
            var written = lead + string.Concat(national.Zip(separators, (digit, separator) => $"{digit}{separator}"));
            var reading = Numbering.Reader.Read(written);

            Assert.Null(reading.Reason);
            Assert.Equal("84" + national, reading.Number.Digits);
        });

    [Fact]
    public void Reading_what_was_read_changes_nothing() =>
        Gen.Char["0123456789+- .()E,x"].Array[0, 16].Sample(signs =>
        {
            var reading = Numbering.Reader.Read(signs);
            if (!reading.IsMobile)
                return;

            var again = Numbering.Reader.Read(reading.Number.Digits);
            Assert.Equal((reading.Number, null, NumberRepair.None), (again.Number, again.Reason, again.Repair));
        });

    [Fact]
    public void Nothing_a_cell_can_hold_breaks_the_reader() =>
        Gen.String.Sample(written =>
        {
            var reading = Numbering.Reader.Read(written);
            if (reading.IsMobile)
                Assert.InRange(reading.Number.Msisdn, 84_300_000_000, 84_999_999_999);
        });
}
