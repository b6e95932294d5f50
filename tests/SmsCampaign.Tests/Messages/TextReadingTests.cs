using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class TextReadingTests
{
    [Theory]
    [InlineData("", 0, 0, 0)]
    [InlineData("Gọi 111.", 1, 2, 2)]
    [InlineData("Hãy chấm dứt. Gọi 111 - ngay!", 2, 6, 3)] // the dash is no syllable
    [InlineData("Ngày 30/7/2025 lúc 8.30", 1, 4, 4)] // a stop within a word ends nothing
    [InlineData("“Việc nhẹ.” Cảnh giác\nGọi 111", 3, 6, 2)]
    public void Sentences_and_syllables_are_counted(string text, int sentences, int syllables, int longest) =>
        Assert.Equal(new TextReading(sentences, syllables, longest), TextReading.Of(SmsText.Compose(text)));

    [Theory]
    [InlineData(20, ReadingEase.Easy)]
    [InlineData(21, ReadingEase.Fair)]
    [InlineData(35, ReadingEase.Fair)]
    [InlineData(36, ReadingEase.Hard)]
    public void The_longest_sentence_decides_how_it_reads(int syllables, ReadingEase expected) => Assert.Equal(
        expected, TextReading.Of(SmsText.Compose(string.Join(' ', Enumerable.Repeat("dân", syllables)))).Ease);
}
