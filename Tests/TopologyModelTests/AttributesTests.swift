import Testing
import TopologyModel

@Suite struct AttributesTests {
  @Test func theFirstValueOfANameCounts() {
    let attributes: Attributes = ["a": "1", "b": "2", "a": "3"]
    #expect(attributes["a"] == "1")
    #expect(attributes["b"] == "2")
    #expect(attributes["c"] == nil)
    #expect(attributes["A"] == nil, "case counts")
    #expect(attributes.entries.map(\.value) == ["1", "2", "3"])
  }

  @Test func settingReplacesTheFirstOrAddsOneAtTheEnd() {
    var attributes: Attributes = ["a": "1", "b": "2", "a": "3"]
    attributes["a"] = "4"
    attributes["c"] = "5"
    #expect(attributes == ["a": "4", "b": "2", "a": "3", "c": "5"])
  }

  @Test func settingNothingRemovesEveryOccurrence() {
    var attributes: Attributes = ["a": "1", "b": "2", "a": "3"]
    attributes["a"] = nil
    attributes["c"] = nil
    #expect(attributes == ["b": "2"])
    attributes["b"] = nil
    #expect(attributes.isEmpty)
  }

  @Test func orderMakesADifference() {
    #expect(Attributes([Attribute("a", "1"), Attribute("b", "2")]) != ["b": "2", "a": "1"])
  }
}
