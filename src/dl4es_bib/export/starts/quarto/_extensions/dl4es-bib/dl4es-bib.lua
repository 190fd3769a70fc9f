--- Puts the lists that `dl4es-bib build` wrote into the chapters of a book.
--
-- A list stands where a document has
--
--     ::: {.dl4es-bib}
--     :::
--
-- It is the list of the chapter whose heading stands above; `chapter="03-ice"` names another by its folder, and
-- `style="ieee"` another style. In the metadata, `dl4es-bib:` may have `lists:` (the folder, default
-- build/bibliographies) and `style:` (default apa). Nothing but files below that folder is read.

local folder = "build/bibliographies"
local style = "apa"
local base = ""
local lists = {}
local given = {}

local function warn(message)
  if quarto and quarto.log then
    quarto.log.warning("dl4es-bib: " .. message)
  else
    io.stderr:write("[WARNING] dl4es-bib: " .. message .. "\n")
  end
end

--- A title for comparison: pandoc sets quotation marks and dashes in headings, the list has those of the source.
local plain = {
  ["\u{2018}"] = "'", ["\u{2019}"] = "'", ["\u{201C}"] = '"', ["\u{201D}"] = '"',
  ["\u{2013}"] = "--", ["\u{2014}"] = "---", ["\u{2026}"] = "...", ["\u{A0}"] = " ",
}

local function words(text)
  for sign, characters in pairs(plain) do
    text = text:gsub(sign, characters)
  end
  return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

local function read(path)
  local file = io.open(path, "rb")
  if not file then
    return nil
  end
  local text = file:read("a")
  file:close()
  return text
end

--- A name that is one part of a path, and no way out of the folder.
local function is_name(name)
  return name:match("^[%w._-]+$") ~= nil and not name:match("^%.+$")
end

local function list_of(name, wanted)
  if not is_name(name) or not is_name(wanted) then
    return nil
  end
  local text = read(base .. folder .. "/" .. name .. "/references." .. wanted .. ".json")
  return text and pandoc.read(text, "json")
end

--- The folders of lists by the titles of their chapters.
local function by_title(wanted)
  if lists[wanted] then
    return lists[wanted]
  end
  local titles = {}
  lists[wanted] = titles
  local found, names = pcall(pandoc.system.list_directory, base .. folder)
  if not found then
    return titles
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local list = name ~= "all" and list_of(name, wanted)
    if list and list.meta.title then
      local title = words(pandoc.utils.stringify(list.meta.title))
      titles[title] = titles[title] or name
    end
  end
  return titles
end

--- The folder of the first of these headings, the nearest first, that is the title of a chapter.
local function folder_of(headings, wanted)
  for place = #headings, 1, -1 do
    local heading = headings[place]
    -- A heading may begin with the number of its chapter.
    local bare = heading:gsub("^Chapter%s+", ""):gsub("^%d+[.:]?%s+", "")
    local name = by_title(wanted)[heading] or by_title(wanted)[bare]
    if name then
      return name
    end
  end
  return nil
end

local function filled(div, headings)
  local wanted = div.attributes.style or style
  local name = div.attributes.chapter or folder_of(headings, wanted)
  local list = name and list_of(name, wanted)
  if not list then
    local which = name and ("chapter " .. name) or "this chapter"
    warn("there is no list of " .. which .. " in the style " .. wanted .. " below " .. folder ..
      ". Run 'dl4es-bib build' with 'pandoc' in 'formats:', or name the folder: {.dl4es-bib chapter=\"03-ice\"}.")
    return div
  end
  -- A work that two chapters of one document list has one place that citations lead to: the first.
  div.content = list.blocks:walk({
    Div = function(entry)
      if entry.identifier ~= "" and given[entry.identifier] then
        entry.identifier = ""
      end
      given[entry.identifier] = true
      return entry
    end,
  })
  div.attributes.style = nil
  div.attributes.chapter = nil
  return div
end

--- Goes through the blocks in order, so that each place knows the headings above it.
local function placed(blocks, headings)
  return blocks:map(function(block)
    if block.t == "Header" then
      table.insert(headings, words(pandoc.utils.stringify(block.content)))
    elseif block.t == "Div" and block.classes:includes("dl4es-bib") then
      return filled(block, headings)
    elseif block.t == "Div" or block.t == "BlockQuote" then
      block.content = placed(block.content, headings)
    end
    return block
  end)
end

function Pandoc(document)
  local settings = document.meta["dl4es-bib"]
  if type(settings) == "table" and settings.lists then
    folder = pandoc.utils.stringify(settings.lists)
  end
  if type(settings) == "table" and settings.style then
    style = pandoc.utils.stringify(settings.style)
  end
  -- Quarto runs filters in the folder of the chapter, and says where the project is.
  local project = quarto and quarto.project and quarto.project.directory or os.getenv("QUARTO_PROJECT_DIR")
  if project and not folder:match("^/") then
    base = project .. "/"
  end
  local headings = pandoc.List()
  if document.meta.title then
    headings:insert(words(pandoc.utils.stringify(document.meta.title)))
  end
  document.blocks = placed(document.blocks, headings)
  return document
end
