using System.Text;
using CsCheck;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class SmsTextTests
{
    [Fact]
    public void The_order_of_Dak_Lak_is_four_parts_accented_and_two_unaccented()
    {
        var text = SmsText.Compose(Case.DakLak);

        Assert.Equal(226, text.Value.Length);
        Assert.Equal(4, text.PartsIn(LengthTable.Standard));
        Assert.Equal(4, text.PartsIn(LengthTable.Care));
        Assert.Equal(2, text.Unaccented().PartsIn(LengthTable.Standard));
        Assert.Equal(2, text.Unaccented().PartsIn(LengthTable.Care));
        Assert.Equal(
            "Toan dan tich cuc tham gia phong, chong mua ban nguoi. Khi phat hien dau hieu lien quan den "
            + "mua ban nguoi hay thong "
            + "bao ngay den co quan Cong an noi gan nhat hoac Tong dai quoc gia 111 de duoc tu van "
            + "ho tro, huong dan kip thoi",
            text.Unaccented().Value);
    }

    // Worked by hand from 3GPP TS 23.038 (140 octets: 160 septets, 70 UCS-2 units; 6.2.1.1: an extension character is
    // two septets) and TS 23.040, 9.2.3.24.1 (a header of 6 octets leaves 153 septets, 67 units).
    [Theory]
    [InlineData("a", 0, 0)]
    [InlineData("a", 1, 1)]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)] // 153 + 8
    [InlineData("a", 306, 2)] // 2 × 153
    [InlineData("a", 307, 3)]
    [InlineData("a", 459, 3)] // 3 × 153
    [InlineData("a", 460, 4)]
    [InlineData("a", 1530, 10)]
    [InlineData("é", 160, 1)] // in the default alphabet
    [InlineData("à", 161, 2)]
    [InlineData("Δ", 160, 1)] // so are the Greek capitals that are not Latin ones
    [InlineData("€", 80, 1)] // 160 septets
    [InlineData("€", 81, 2)] // 162 septets
    [InlineData("€", 152, 2)] // 76 pairs a part: 152 of 153 septets, a pair is not split
    [InlineData("€", 153, 3)] // 306 septets would be two parts if it were
    [InlineData("[", 228, 3)] // 3 × 76
    [InlineData("[", 229, 4)] // 458 septets, less than 3 × 153
    [InlineData("ă", 70, 1)]
    [InlineData("ă", 71, 2)] // 67 + 4
    [InlineData("ă", 134, 2)] // 2 × 67
    [InlineData("ă", 135, 3)]
    [InlineData("ă", 201, 3)] // 3 × 67
    [InlineData("ă", 202, 4)]
    [InlineData("ă", 670, 10)]
    [InlineData("ç", 71, 2)] // Ç is in the default alphabet, ç is not
    [InlineData("`", 71, 2)] // ASCII, and not in the default alphabet
    [InlineData("\t", 71, 2)]
    [InlineData("\n", 160, 1)] // in the default alphabet
    [InlineData("😀", 35, 1)] // 70 units
    [InlineData("😀", 36, 2)] // 72 units
    [InlineData("😀", 66, 2)] // 33 pairs a part: 66 of 67 units, a pair is not split
    [InlineData("😀", 67, 3)] // 134 units would be two parts if it were
    public void Parts_are_counted_as_the_standard_says(string unit, int times, int expected) =>
        Assert.Equal(expected, Repeat(unit, times).PartsIn(LengthTable.Standard));

    // The carriers' tables for text without diacritics: MnpBrandname, countSmsBrandCSKH and
    // countSmsBrandQC; intercom.com.vn.
    [Theory]
    [InlineData(LengthTable.Care, 160, 306, 459, 612)]
    [InlineData(LengthTable.AdsViettelVinaPhone, 123, 268, 421, 574)]
    [InlineData(LengthTable.AdsOthers, 127, 273, 426, 579)]
    public void Plain_text_is_counted_by_the_lanes_table(LengthTable table, params int[] longest)
    {
        for (var parts = 1; parts <= longest.Length; parts++)
        {
            Assert.Equal(parts, Repeat("a", longest[parts - 1]).PartsIn(table));
            Assert.Equal(parts + 1, Repeat("a", longest[parts - 1] + 1).PartsIn(table));
        }

        // Beyond its last row a table goes on with its last step.
        var step = longest[3] - longest[2];
        Assert.Equal(7, Repeat("a", longest[3] + 3 * step).PartsIn(table));
        Assert.Equal(8, Repeat("a", longest[3] + 3 * step + 1).PartsIn(table));
    }

    [Theory]
    [InlineData("Khan cap", SmsEncoding.Gsm7, SmsEncoding.Gsm7)]
    [InlineData("è é à", SmsEncoding.Gsm7, SmsEncoding.Ucs2)] // gateways know "with" and "without diacritics" only
    [InlineData("giá 5 €", SmsEncoding.Ucs2, SmsEncoding.Ucs2)]
    [InlineData("Khẩn cấp", SmsEncoding.Ucs2, SmsEncoding.Ucs2)]
    public void Carriers_take_as_plain_what_is_ASCII(string written, SmsEncoding standard, SmsEncoding care)
    {
        var text = SmsText.Compose(written);

        Assert.Equal(standard, text.Encoding);
        Assert.Equal(standard, text.EncodingIn(LengthTable.Standard));
        Assert.Equal(care, text.EncodingIn(LengthTable.Care));
        Assert.Equal(care, text.EncodingIn(LengthTable.AdsOthers));
    }

    [Fact]
    public void A_decomposed_text_is_counted_as_the_composed_one()
    {
        var text = SmsText.Compose(Case.DakLak.Normalize(NormalizationForm.FormD));

        Assert.Equal(Case.DakLak, text.Value);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character() =>
        Assert.Equal("a\uFFFDb", SmsText.Compose("a\uD83Db").Value);

    [Fact]
    public void The_last_part_tells_how_much_it_holds_and_still_can()
    {
        Assert.Equal((160, 100, 60), Units(Repeat("a", 100)));
        Assert.Equal((153, 8, 145), Units(Repeat("a", 161)));
        Assert.Equal((67, 67, 0), Units(Repeat("ă", 134)));
        Assert.Equal((70, 0, 70), (70, 0, SmsText.Compose("ă").Split(LengthTable.Standard).UnitsLeft + 1));

        static (int, int, int) Units(SmsText text)
        {
            var parts = text.Split(LengthTable.Standard);
            return (parts.UnitsInLastPart + parts.UnitsLeft, parts.UnitsInLastPart, parts.UnitsLeft);
        }
    }

    [Theory]
    [InlineData("đường Đinh Tiên Hoàng", "duong Dinh Tien Hoang")]
    [InlineData(
        "ẤẦẨẪẬ ấầẩẫậ ẮẰẲẴẶ ắằẳẵặ ẾỀỂỄỆ ếềểễệ ỐỒỔỖỘ ốồổỗộ ỚỜỞỠỢ ớờởỡợ ỨỪỬỮỰ ứừửữự ỲÝỶỸỴ ỳýỷỹỵ",
        "AAAAA aaaaa AAAAA aaaaa EEEEE eeeee OOOOO ooooo OOOOO ooooo UUUUU uuuuu YYYYY yyyyy")]
    [InlineData("“Ngày toàn dân” – 30/7…", "\"Ngay toan dan\" - 30/7...")]
    [InlineData("ở\u00A0nhà\u202Fngay", "o nha ngay")]
    [InlineData("Buôn ƀuôn Ê Đê", "Buon buon E De")]
    [InlineData("1.000 ₫", "1.000 d")]
    public void The_unaccented_form_has_the_same_words_on_a_plain_keyboard(string written, string expected) =>
        Assert.Equal(expected, SmsText.Compose(written).Unaccented().Value);

    // Characters of one unit and of two in both alphabets, as the parts' ends must meet them.
    static readonly Gen<SmsText> Texts = Gen
        .OneOf(
            Gen.OneOf("a", "e", " ", "€", "[", "^").Array[0, 700],
            Gen.OneOf("a", "ế", "đ", " ", "😀", "🇻🇳", "€").Array[0, 400])
        .Select(units => SmsText.Compose(string.Concat(units)));

    static readonly Gen<LengthTable> Tables = Gen.Enum<LengthTable>();

    [Fact]
    public void The_parts_together_are_the_text() => Gen.Select(Texts, Tables).Sample((text, table) =>
    {
        var parts = text.Split(table);

        Assert.Equal(text.Value, string.Concat(parts.Texts));
        Assert.Equal(text.PartsIn(table), parts.Texts.Count);
        Assert.DoesNotContain("", parts.Texts);
    });

    [Fact]
    public void No_part_begins_or_ends_within_a_pair() => Gen.Select(Texts, Tables).Sample((text, table) =>
        Assert.All(text.Split(table).Texts, part =>
        {
            Assert.False(char.IsLowSurrogate(part[0]));
            Assert.False(char.IsHighSurrogate(part[^1]));
        }));

    [Fact]
    public void No_part_holds_more_than_it_can_and_none_less_than_it_must() =>
        Gen.Select(Texts, Tables).Sample((text, table) =>
        {
            var parts = text.Split(table);
            var septets = parts.Encoding == SmsEncoding.Gsm7;
            var costs = parts.Texts.Select(part => Cost(part, septets)).ToList();
            if (costs.Count == 0)
                return;

            Assert.Equal(parts.UnitsUsed, costs.Sum());
            Assert.Equal(parts.UnitsInLastPart, costs[^1]);

            var (single, first, next) = (septets, table) switch
            {
                (false, _) => (70, 67, 67),
                (_, LengthTable.AdsViettelVinaPhone) => (123, 115, 153),
                (_, LengthTable.AdsOthers) => (127, 120, 153),
                _ => (160, 153, 153),
            };

            if (costs.Count == 1)
            {
                Assert.True(costs[0] <= single);
                Assert.Equal(single - costs[0], parts.UnitsLeft);
                return;
            }

            Assert.True(costs.Sum() > single); // else it would be one part
            for (var at = 0; at < costs.Count; at++)
            {
                var room = at == 0 ? first : next;
                Assert.True(costs[at] <= room);
                if (at < costs.Count - 1)
                    // the next did not fit
                    Assert.True(costs[at] + Cost(FirstCharacter(parts.Texts[at + 1]), septets) > room);
            }
        });

    static int Cost(string text, bool septets) =>
        septets ? text.Sum(sign => "^{}\\[~]|€".Contains(sign) ? 2 : 1) : text.Length;

    static string FirstCharacter(string text) => char.IsHighSurrogate(text[0]) ? text[..2] : text[..1];

    static SmsText Repeat(string unit, int times) => SmsText.Compose(string.Concat(Enumerable.Repeat(unit, times)));
}
